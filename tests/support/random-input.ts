import { z } from 'zod';
import type { Chance } from '../torture/seeded.ts';

/** Inputs of the contract by chance: of the right form most of the time, with what is known to the vault in them, and hostile words. */

const WORDS = [
  '',
  ' ',
  'x',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE records; --",
  '<img src=x onerror=alert(1)>',
  '\u202Eabc',
  '\uD800',
  'a\u0000b',
  '=1+1',
  '%',
  '*',
  '"',
  'a'.repeat(5000),
];
const NUMBERS = [0, 1, -1, 2, 5, 0.5, 1e9, 2 ** 31, 2 ** 53 - 1, Number.NaN, Number.POSITIVE_INFINITY];
const ANYTHING: readonly unknown[] = [
  null,
  true,
  [],
  {},
  { __proto__: null },
  'x',
  7,
  new Uint8Array(3),
  new Date(0),
  new Map(),
];

export type Known = { readonly texts: readonly string[]; readonly bytes: readonly Uint8Array[] };

export function randomInput(schema: unknown, known: Known, chance: Chance): unknown {
  if (chance.below(40) === 0) return chance.one(ANYTHING);
  const def = definitionOf(schema);
  switch (def['type']) {
    case 'object': {
      const fields = Object.entries(Object(def['shape']) as { [name: string]: unknown });
      const made = fields.map(([name, inner]): [string, unknown] => [name, randomInput(inner, known, chance)]);
      const kept = made.filter(([, value]) => value !== undefined);
      return Object.fromEntries(chance.below(60) === 0 ? [...kept, ['__proto__x', 1]] : kept);
    }
    case 'array':
      return Array.from({ length: chance.below(4) }, () => randomInput(def['element'], known, chance));
    case 'union':
      return randomInput(chance.one(def['options'] as readonly unknown[]), known, chance);
    case 'optional':
      return chance.below(2) === 0 ? undefined : randomInput(def['innerType'], known, chance);
    case 'nullable':
      return chance.below(2) === 0 ? null : randomInput(def['innerType'], known, chance);
    case 'default':
    case 'readonly':
    case 'nonoptional':
      return randomInput(def['innerType'], known, chance);
    case 'pipe':
      return randomInput(def['in'], known, chance);
    case 'literal':
      return chance.one(def['values'] as readonly unknown[]);
    case 'enum':
      return chance.one(Object.values(Object(def['entries']) as object));
    case 'boolean':
      return chance.below(2) === 0;
    case 'number':
      return chance.one(NUMBERS);
    case 'string':
      return chance.below(4) === 0 ? chance.one(WORDS) : chance.one(known.texts);
    case 'record':
      return { [chance.one(WORDS)]: randomInput(def['valueType'], known, chance) };
    default:
      return chance.below(2) === 0 ? chance.one(known.bytes) : chance.one(ANYTHING);
  }
}

function definitionOf(schema: unknown): { readonly [name: string]: unknown } {
  if (!(schema instanceof z.ZodType)) return {};
  return schema.def as unknown as { readonly [name: string]: unknown };
}
