import { randomBytes } from 'node:crypto';
import { AgencyId, SubjectId } from '../src-shared/domain/ids.ts';
import { parseRecord } from '../src-shared/records/parse-record.ts';
import { sealRecord } from '../src-shared/records/seal-record.ts';
import { alternate, type Bench, compared } from './bench.ts';

/**
 * What it costs to take in a record as proof (canonical form, schema, a salted hash for every claim, record id) against only reading the
 * same lines as JSON. The goal says: proving may cost fifty times reading, which a later bundle benchmark compares with gpg as a whole.
 */
export const recordRead: Bench = {
  name: 'record-read',
  summary: 'parse and verify records with four claims each, against JSON.parse of the same lines',
  sizes: [2_000],
  run(size) {
    const lines = Array.from({ length: size }, (_, i) => personLine(i));
    const texts = lines.map((line) => Buffer.from(line).toString('utf8'));
    const figures = alternate({
      ours: () => lines.forEach((line) => parseRecord(line)),
      peer: () => texts.forEach((text) => JSON.parse(text)),
    });
    const peerCommand = 'JSON.parse(line) for every line, same process';
    return [compared({ name: 'record-read', n: size, ...figures, peerCommand, unit: 'ms CPU', goal: 50, runs: 5 })];
  },
};

function personLine(i: number): Uint8Array {
  const { bytes } = sealRecord(
    {
      kind: 'entity',
      type: 'person',
      subject: SubjectId.parse(`00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`),
      author: AgencyId.parse('ab'.repeat(32)),
      created: '2026-03-01T12:00:00.000Z',
      supersedes: [],
      source: { reference: 'Invented source 7', basis: 'fact' },
      handling: { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] },
      commitment: 'claims',
      claims: [
        { property: 'name', value: `Testperson ${i}` },
        { property: 'alias', value: `Number ${i}` },
        { property: 'dateOfBirth', value: '1984-03' },
        { property: 'note', value: 'Invented for measuring.' },
      ],
    },
    { randomBytes: (length) => new Uint8Array(randomBytes(length)) },
  );
  return bytes;
}
