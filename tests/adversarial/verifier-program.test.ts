import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { northmark, southmark } from '../support/bundle-samples.ts';
import { readFixture } from './fixtures.ts';
import { verifierPath } from './verifier.ts';

/** tools/verify/verify.mjs as somebody runs it who has nothing of the product but its formats. */

const folder = mkdtempSync(join(tmpdir(), 'chirograph-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function verified(fixture: string): { readonly status: number | null; readonly said: unknown } {
  const files = [readFixture(fixture), northmark.card.bytes, southmark.card.bytes];
  const paths = files.map((bytes, at) => {
    const path = join(folder, String(at));
    writeFileSync(path, bytes);
    return path;
  });
  const { status, stdout } = spawnSync(process.execPath, [verifierPath, ...paths], { encoding: 'utf8' });
  return { status, said: JSON.parse(stdout) };
}

test('it prints who signed a bundle and what is proven to be whose, and ends with status 0', () => {
  const { status, said } = verified('parts-good.bin');
  expect(status).toBe(0);
  expect(said).toMatchObject({ issuer: northmark.card.card.agency.name, agency: northmark.id, approvals: 0 });
  const { authors, counts } = said as {
    readonly authors: { readonly [who: string]: number };
    readonly counts: { readonly records: number };
  };
  expect(authors).toEqual({ [`${northmark.card.card.agency.name}: verified`]: counts.records });
});

test('it prints the rule that a bundle breaks, and its code, and ends with status 1', () => {
  const { status, said } = verified('manifest-field-of-every-object.bin');
  expect([status, said]).toEqual([1, { broken: 'B6', code: 'bundle.malformed' }]);
});
