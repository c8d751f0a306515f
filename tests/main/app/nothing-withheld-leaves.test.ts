import { expect, test } from 'vitest';
import { typeUpLantern } from '../../../src-main/app/sample/type-up-lantern.ts';
import type { KnownSubjects } from '../../../src-main/app/sample/type-up-lantern.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { confirmedPair } from '../../support/agency.ts';
import { openedText, sealing } from '../../support/case-steps.ts';

/** Shorter values stand in any file by chance; docs/policy.md says that they are not searched for. */
const SHORTEST = 5;

test('[P5 P6 P7 P8 P13] no withheld value of Operation Lantern is anywhere in the opened bytes', async () => {
  const { a, b, idB } = await confirmedPair();
  const known: KnownSubjects = new Map();
  await typeUpLantern(0, a, known);
  const lantern = known.get('case');
  if (lantern === undefined) throw new Error('the case was not typed up');
  const request = {
    case: lantern,
    to: [idB as never],
    purpose: 'joint work',
    legalBases: ['untoc-27'],
    include: [],
    exclude: [],
  };
  const preview = await a.call('release.preview', request);
  const { subjects } = await a.call('release.subjects', { ...request, limit: 500 });
  expect(subjects).toHaveLength(preview.subjectsTotal);
  const { withheld, leaving } = valuesOf(subjects);
  const sealed = await a.call('release.seal', sealing(request, preview));
  const text = await openedText(b, sealed.bytes);
  expect(leaving.filter((value) => text.includes(value)).length).toBeGreaterThan(100);
  expect(withheld.length).toBeGreaterThan(40);
  expect(withheld.filter((value) => text.includes(value))).toEqual([]);
}, 240_000);

function valuesOf(subjects: Output<'release.subjects'>['subjects']): { withheld: string[]; leaving: string[] } {
  const claims = subjects.flatMap(({ records }) =>
    records.flatMap(({ verdict, claims: all }) =>
      all.map((claim) => ({
        display: claim.display,
        action: verdict.action === 'withhold' ? verdict.action : claim.verdict.action,
      })),
    ),
  );
  const pick = (wanted: string): string[] => [
    ...new Set(claims.filter(({ action }) => action === wanted).map(({ display }) => display)),
  ];
  const leaving = pick('release');
  return {
    withheld: pick('withhold').filter((value) => value.length >= SHORTEST && !leaving.includes(value)),
    leaving,
  };
}
