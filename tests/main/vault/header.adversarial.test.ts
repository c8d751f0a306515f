import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { sha256, toHex } from '../../../src-shared/crypto/hash.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { parseHeader } from '../../../src-main/vault/header.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import { makeVault, tryUnlock } from '../../support/store-vaults.ts';

/** {change, remove, add} x {checksum left, checksum recomputed without the key}: docs/formats/vault.md V4–V9. */

const folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
const dir = join(folder, 'vault');
let untouched = Buffer.alloc(0);

beforeAll(async () => {
  closeVault((await makeVault(dir)).opened);
  untouched = readFileSync(join(dir, 'vault.json'));
});
beforeEach(() => writeFileSync(join(dir, 'vault.json'), untouched));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = { [name: string]: unknown };

const OPENED: ReadonlyArray<readonly [what: string, change: (header: Json) => void, code: string, rule?: string]> = [
  ['version 2', (h) => void (h['v'] = 2), 'vault.newer-version'],
  ['version 0', (h) => void (h['v'] = 0), 'vault.header-changed', 'V4'],
  ['another vault id', (h) => void (h['vault'] = '0'.repeat(32)), 'vault.wrong-passphrase'],
  ['another time', (h) => void (h['created'] = '2020-01-01T00:00:00.000Z'), 'vault.header-changed', 'V7'],
  ['another generation', (h) => void (h['generation'] = 9), 'vault.header-changed', 'V7'],
  ['another agency name', (h) => void (agency(h)['name'] = 'Eastmark Agency'), 'vault.header-changed', 'V7'],
  ['another card', (h) => void (agency(h)['card'] = 'AAAA'), 'vault.header-changed', 'V7'],
  ['a sample made real', (h) => void (agency(h)['sample'] = false), 'vault.header-changed', 'V7'],
  ['an unknown field', (h) => void (h['extra'] = true), 'vault.header-changed', 'V4'],
  ['a missing field', (h) => void delete h['created'], 'vault.header-changed', 'V4'],
  ['another user name', (h) => void (slot(h)['user'] = 'Eve'), 'vault.header-changed', 'V7'],
  ['a lower role', (h) => void (slot(h)['role'] = 'analyst'), 'vault.header-changed', 'V8'],
  [
    'no officer left',
    (h) => void (h['slots'] = [slots(h)[1], { ...slot(h), role: 'lead', signing: undefined }]),
    'vault.header-changed',
    'V8',
  ],
  [
    'no recovery slot',
    (h) => void (h['slots'] = [slot(h), { ...slot(h), id: '1'.repeat(32), user: 'Eve' }]),
    'vault.header-changed',
    'V8',
  ],
  [
    'two slots of one id',
    (h) => void (h['slots'] = [...slots(h), { ...slot(h), user: 'Eve' }]),
    'vault.header-changed',
    'V8',
  ],
  [
    'two users of one name',
    (h) => void (h['slots'] = [...slots(h), { ...slot(h), id: '1'.repeat(32), user: 'OLGA' }]),
    'vault.header-changed',
    'V8',
  ],
  ['another slot id', (h) => void (slot(h)['id'] = '1'.repeat(32)), 'vault.wrong-passphrase'],
  [
    'the boxes of a slot swapped',
    (h) => void ([slot(h)['store'], slot(h)['signing']] = [slot(h)['signing'], slot(h)['store']]),
    'vault.wrong-passphrase',
  ],
  [
    'the recovery boxes in a user’s slot',
    (h) => void (slot(h)['store'] = slots(h)[1]?.['store']),
    'vault.wrong-passphrase',
  ],
  ['too little memory', (h) => void (kdf(h)['m'] = 65_535), 'vault.kdf-out-of-range'],
  ['too few passes', (h) => void (kdf(h)['t'] = 2), 'vault.kdf-out-of-range'],
  ['too much memory', (h) => void (kdf(h)['m'] = 1_048_577), 'vault.kdf-out-of-range'],
  ['too many passes', (h) => void (kdf(h)['t'] = 17), 'vault.kdf-out-of-range'],
  ['no lane', (h) => void (kdf(h)['p'] = 0), 'vault.kdf-out-of-range'],
  ['half a pass', (h) => void (kdf(h)['t'] = 3.5), 'vault.kdf-out-of-range'],
  ['another salt', (h) => void (kdf(h)['salt'] = 'A'.repeat(21) + 'A'), 'vault.wrong-passphrase'],
  ['a short salt', (h) => void (kdf(h)['salt'] = 'AAAA'), 'vault.header-changed', 'V9'],
  ['other key costs', (h) => void (kdf(h)['t'] = 4), 'vault.wrong-passphrase'],
  ['a mac of zeros', (h) => void (h['mac'] = '0'.repeat(64)), 'vault.header-changed', 'V7'],
];

test.each(OPENED.map(([what, change, code, rule]) => ({ what, change, code, rule })))(
  '[V5, V7, V8] $what, with a checksum that fits, is refused for what it is',
  async ({ change, code, rule }) => {
    edit(change, 'checksum recomputed');
    await expect(tryUnlock(dir)).rejects.toMatchObject({ code, ...(rule !== undefined && { details: { rule } }) });
  },
);

test('[V9] costs are refused for every slot before anything is derived', () => {
  const costs = OPENED.filter(([, , code]) => code === 'vault.kdf-out-of-range');
  expect(costs.length).toBeGreaterThan(5);
  for (const [what, change] of costs) {
    writeFileSync(join(dir, 'vault.json'), untouched);
    edit(change, 'checksum recomputed');
    expect([what, codeOf(() => parseHeader(readFileSync(join(dir, 'vault.json'))))]).toEqual([
      what,
      'vault.kdf-out-of-range',
    ]);
  }
});

test('[V6] any edit that leaves the checksum is told from a wrong passphrase without a key', () => {
  for (const [what, change, code] of OPENED.filter(([what]) => what !== 'a mac of zeros')) {
    writeFileSync(join(dir, 'vault.json'), untouched);
    edit(change, 'checksum left');
    const expected = code === 'vault.newer-version' ? code : 'vault.header-changed';
    expect([what, codeOf(() => parseHeader(readFileSync(join(dir, 'vault.json'))))]).toEqual([what, expected]);
  }
});

test('[V4] spelled differently it is another file: blanks, order, a doubled key, a mark, a cut, too much', () => {
  const text = untouched.toString();
  const spellings = [
    ` ${text}`,
    `${text}\n`,
    `\uFEFF${text}`,
    text.replace('{"agency"', '{"v":1,"agency"'),
    text.replace('"v":1', '"v":1.0'),
    text.slice(0, -1),
    '',
    '[]',
    'null',
    `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    ' '.repeat(70_000),
  ];
  for (const spelling of spellings)
    expect(codeOf(() => parseHeader(Buffer.from(spelling)))).toBe('vault.header-changed');
});

test('any bytes are a header or a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(() => parseHeader(bytes)).toThrow(ChirographError);
      },
    ),
  );
});

test('[V6] one flipped bit anywhere is refused', () => {
  const bytes = untouched;
  // the mac is not under the checksum: it is compared when a slot has opened
  const mac = bytes.subarray(bytes.indexOf('"mac":"') + 7).subarray(0, 64);
  const accepted = Array.from({ length: bytes.length }, (_, at) => at).filter((at) => {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 7)), at);
    return codeOf(() => parseHeader(flipped)) === 'accepted';
  });
  const start = bytes.indexOf(mac);
  expect(accepted.filter((at) => at < start || at >= start + mac.length)).toEqual([]);
});

function edit(change: (header: Json) => void, checksum: 'checksum left' | 'checksum recomputed'): void {
  const path = join(dir, 'vault.json');
  const header: Json = JSON.parse(readFileSync(path, 'utf8'));
  change(header);
  const { checksum: _checksum, mac, ...rest } = header;
  const fitting = checksum === 'checksum recomputed' ? toHex(sha256(canonicalBytes(rest))) : _checksum;
  writeFileSync(path, canonicalBytes({ ...rest, checksum: fitting, mac }));
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (error instanceof ChirographError) return error.code;
    throw error;
  }
}

function slots(header: Json): Json[] {
  return header['slots'] as Json[];
}

function slot(header: Json): Json {
  return slots(header)[0] ?? {};
}

function kdf(header: Json): Json {
  return slot(header)['kdf'] as Json;
}

function agency(header: Json): Json {
  return header['agency'] as Json;
}
