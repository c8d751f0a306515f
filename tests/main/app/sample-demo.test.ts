import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runDemo } from '../../../src-main/app/demo.ts';
import { VICTIMS } from '../../../src-main/app/sample/lantern-protected.ts';
import { LEAST_KDF } from '../../../src-main/vault/kdf.ts';
import { temporaryHome } from '../../support/agency.ts';

describe('the demo', () => {
  test('goes from two empty vaults to a recall that is confirmed, and leaves nothing behind', async () => {
    const temporary = temporaryHome();
    const lines: string[] = [];
    const world = {
      temporary,
      kdf: LEAST_KDF,
      now: () => new Date(),
      randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
    };
    const report = await runDemo(world, (line) => void lines.push(line));
    expect(report.steps.map(({ step }) => step)).toEqual([
      'create',
      'build',
      'partners',
      'import',
      'preview',
      'release',
      'receive',
      'withheld',
      'replay',
      'answer',
      'change',
      'recall',
      'ledger',
      'audit',
    ]);
    expect(lines).toHaveLength(report.steps.length);
    expect(report.steps.find(({ step }) => step === 'receive')).toMatchObject({ sequence: 1, refused: 0 });
    expect(report.steps.find(({ step }) => step === 'recall')).toMatchObject({ sequence: 3, refused: 0 });
    const told = [...lines, JSON.stringify(report)].join('\n');
    const names = VICTIMS.map(({ claims }) => claims['name']).filter((name) => typeof name === 'string');
    expect(names.filter((name) => told.includes(name))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  }, 240_000);
});
