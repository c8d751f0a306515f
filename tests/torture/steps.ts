import type { Handling, Source } from '../../src-shared/domain/record.ts';
import type { Chance } from './seeded.ts';
import type { Facts } from './said.ts';
import type { Station } from './station.ts';

/** What a person does with a vault, one committed change each. */
export type Step = {
  readonly name: string;
  /** What it will have made true, as far as that can be known before. */
  readonly foreseen: Facts;
  run(): Promise<Facts>;
};

export const SOURCE: Source = { reference: 'invented report 7', basis: 'fact' };
export const HANDLING: Handling = { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] };

/** What the process that works remembers of its own earlier steps. */
export type Memory = {
  readonly made: { subject: string; record: string }[];
  passphrase: string;
};

/** A case whose title says how many entities an import gave it: one with another number is a partial import. */
function importTitle(mark: string, rows: number): string {
  return `Import ${mark} of ${rows}`;
}

export function rowsOfTitle(title: string): number | undefined {
  const rows = /^Import .* of (\d+)$/.exec(title)?.[1];
  return rows === undefined ? undefined : Number(rows);
}

/** The next step, by chance; `bulk` rows when it is a large import. */
export function nextStep(station: Station, chance: Chance, memory: Memory, bulk: number): Step {
  const draw = chance.below(100);
  if (draw < 40) return edit(station, chance, memory);
  if (draw < 62) return importRows(station, chance, 20 + chance.below(300));
  if (draw < 70) return importRows(station, chance, bulk);
  if (draw < 80) return undo(station, chance);
  if (draw < 92) return erase(station, chance, memory);
  if (draw < 94) return passphrase(station, chance, memory);
  if (draw < 97) return attach(station, chance, memory);
  return user(station, chance);
}

type MakeStep = (station: Station, chance: Chance, memory: Memory) => Step;

/** The steps of the process whose writes fail: every kind of change once, the large import first among the imports. */
export const scenarioSteps: readonly MakeStep[] = [
  edit,
  edit,
  (station, chance) => importRows(station, chance, 80),
  attach,
  erase,
  passphrase,
  (station, chance) => importRows(station, chance, 25),
  undo,
  user,
  edit,
];

export function edit(station: Station, chance: Chance, memory: Memory): Step {
  return {
    name: 'edit',
    foreseen: {},
    async run() {
      const name = `Sergo Madeupson ${chance.below(1_000_000)}`;
      const { subject, record } = await station.call('entity.save', {
        type: 'person',
        supersedes: [],
        claims: [
          { property: 'name', value: name },
          { property: 'note', value: `An invented note about ${name}. `.repeat(1 + chance.below(40)) },
        ],
        source: SOURCE,
        handling: HANDLING,
      });
      memory.made.push({ subject, record });
      return { held: [subject] };
    },
  };
}

export function importRows(station: Station, chance: Chance, rows: number): Step {
  const mark = String(chance.below(1_000_000_000));
  const lines = Array.from(
    { length: rows },
    (_, i) => `Nino Invented ${mark} ${i},+44 7700 900${String(i % 1000).padStart(3, '0')}`,
  );
  return {
    name: rows >= BULK_ROWS ? 'bulk import' : 'import',
    foreseen: {},
    async run() {
      await station.call('import.apply', {
        case: { title: importTitle(mark, rows) },
        name: 'people.csv',
        format: 'auto',
        attach: 'never',
        entityType: 'person',
        source: SOURCE,
        handling: HANDLING,
        bytes: new TextEncoder().encode(`name,alias\n${lines.join('\n')}\n`),
      });
      return {};
    },
  };
}

/** From this many rows on it is called a large import here. */
const BULK_ROWS = 1000;

function undo(station: Station, chance: Chance): Step {
  return {
    name: 'undo',
    foreseen: { gone: [] },
    async run() {
      const { batches } = await station.call('batch.list', { limit: 10 });
      const undoable = batches.filter(({ canUndo, kind }) => canUndo && kind === 'import');
      if (undoable.length > 0) await station.call('batch.undo', { batch: chance.one(undoable).id });
      return {};
    },
  };
}

export function erase(station: Station, chance: Chance, memory: Memory): Step {
  const at = chance.below(Math.max(memory.made.length, 1));
  const target = memory.made[at];
  if (target === undefined) return edit(station, chance, memory);
  memory.made.splice(at, 1);
  const facts = { gone: [target.subject], erased: [target.record] };
  return {
    name: 'erase',
    foreseen: facts,
    async run() {
      await station.call('record.retract', { records: [target.record], action: 'erase', reason: 'invented reason' });
      return facts;
    },
  };
}

/** A file of evidence that supports something; with nobody to support, an edit. */
function attach(station: Station, chance: Chance, memory: Memory): Step {
  const target = memory.made.at(-1);
  if (target === undefined) return edit(station, chance, memory);
  return {
    name: 'attach',
    foreseen: {},
    async run() {
      const bytes = new TextEncoder().encode(`an invented statement ${chance.below(1_000_000)} `.repeat(20_000));
      await attachBytes(station, 'invented statement.txt', bytes, target.subject);
      return {};
    },
  };
}

export async function attachBytes(station: Station, name: string, bytes: Uint8Array, subject: string): Promise<void> {
  const { transfer } = await station.call('attachment.begin', { name, size: bytes.length, type: 'text/plain' });
  await station.call('attachment.append', { transfer, bytes });
  await station.call('attachment.finish', { transfer, subjects: [subject], source: SOURCE, handling: HANDLING });
}

function passphrase(station: Station, chance: Chance, memory: Memory): Step {
  const next = `a lantern over Northmark ${chance.below(1_000_000_000)}`;
  return {
    name: 'passphrase',
    foreseen: { passphrase: next },
    async run() {
      await station.call('vault.change-passphrase', { old: memory.passphrase, new: next });
      memory.passphrase = next;
      return { passphrase: next };
    },
  };
}

function user(station: Station, chance: Chance): Step {
  return {
    name: 'user',
    foreseen: {},
    async run() {
      const { users } = await station.call('vault.users', {});
      const other = users.find(({ name }) => name !== 'Olga');
      if (other === undefined) {
        const name = `Ana ${chance.below(1000)}`;
        await station.call('vault.add-user', { name, role: 'analyst', passphrase: 'analyst of the house' });
      } else await station.call('vault.remove-user', { name: other.name });
      return {};
    },
  };
}
