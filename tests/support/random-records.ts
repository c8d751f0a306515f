import fc from 'fast-check';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { withhold } from '../../src-shared/records/redact.ts';
import type { IdentifiedRecord } from '../../src-main/store/types.ts';
import { caseOf, chart, identity, link, NORTHMARK, person, retract, SOUTHVALE } from './store-builders.ts';

/** Random sets of records, and ways for them to come: few subjects and agencies, so that everything meets everything. */

const NAMES = ['Ada', 'Bo', 'Cy'] as const;
const name = fc.constantFrom(...NAMES);
const author = fc.constantFrom(NORTHMARK, SOUTHVALE);
const seed = fc.constantFrom('1', '2', '3');
const grade = fc.option(
  fc
    .constantFrom('1', '2', '3', '4')
    .map((information) => ({ scheme: 'europol-4x4' as const, source: 'B', information })),
  { nil: undefined },
);
const said = fc
  .record({ author, seed, grade, reference: fc.constantFrom('Interview 1', 'Report 2') })
  .map(({ author, seed, grade, reference }) => ({
    author,
    seed,
    source: { reference, basis: 'fact' as const, ...(grade !== undefined && { grade }) },
  }));

const statement = fc.oneof(
  fc.tuple(name, fc.constantFrom('Ada', 'Adda', 'Bo', 'Cyril'), said).map(([who, called, by]) =>
    person(
      who,
      [
        ['name', called],
        ['alias', 'Sparrow'],
        ['subjectCategory', called === 'Bo' ? 'victim' : 'suspect'],
      ],
      by,
    ),
  ),
  fc.tuple(name, name, said).map(([from, to, by]) => link(`${from}-${to}`, 'associate-of', [from, to], by)),
  fc
    .tuple(fc.uniqueArray(name, { minLength: 1 }), said)
    .map(([members, by]) => caseOf('Operation Example', members, by)),
  fc
    .tuple(name, fc.integer({ min: -9, max: 9 }), said)
    .map(([who, x, by]) => chart('Drawing', 'Operation Example', { [who]: [x, 0] }, by)),
  said.map((by) => identity('same', 'Ada', 'Bo', by)),
);

/** Statements, then statements that supersede or retract some of them, rightly or not. */
export const randomRecords: fc.Arbitrary<ParsedRecord[]> = fc
  .tuple(
    fc.array(statement, { minLength: 1, maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(), author, name), { maxLength: 3 }),
    fc.array(
      fc.tuple(
        fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
        author,
        fc.constantFrom('correct', 'suppress', 'erase'),
      ),
      {
        maxLength: 4,
      },
    ),
  )
  .map(([said, superseding, retracting]) => {
    const all: ParsedRecord[] = [...said];
    for (const [at, author, who] of superseding) {
      const target = all[at % all.length];
      if (target !== undefined) all.push(person(who, [['name', 'Later']], { author, supersedes: [target.id] }));
    }
    for (const [targets, author, action] of retracting) {
      all.push(
        retract(
          targets.flatMap((at) => all[at % all.length] ?? []),
          action,
          { author },
        ),
      );
    }
    return [...new Map(all.map((each) => [each.id, each])).values()];
  });

/** A way for them to come: redacted copies before or after, duplicates, any order, any batches. */
export function waysToCome(all: readonly ParsedRecord[]): fc.Arbitrary<IdentifiedRecord[][]> {
  const copies: IdentifiedRecord[] = all.flatMap(({ id, record }) => {
    const half = withhold(record, (claim) => record.commitment === 'claims' && claim.property === 'name');
    return [
      { id, record },
      { id, record: half },
      { id, record },
    ];
  });
  return fc
    .tuple(
      fc.shuffledSubarray(copies, { minLength: copies.length, maxLength: copies.length }),
      fc.integer({ min: 1, max: 5 }),
    )
    .map(([shuffled, size]) =>
      Array.from({ length: Math.ceil(shuffled.length / size) }, (_, i) => shuffled.slice(i * size, (i + 1) * size)),
    );
}
