import type { PlainClaim } from '../catalogue/claim.ts';
import type { ImportWarning, PlannedEntity, PlannedLink, PlannedSlice, RejectedRow } from './import-plan.ts';
import { LIMITS, refuseBeyond } from './limits.ts';
import { saidBefore } from './said-before.ts';

/**
 * Collects a plan row by row and hands it out in slices. It remembers what it must know to the end of the file (keys of entities, hashes of
 * links) and nothing else.
 */
export type PlanBuilder = {
  readonly addEntity: (entity: PlannedEntity) => void;
  /** Makes an entity that a link mentions, unless it is there already (I16). */
  readonly mentionEntity: (key: string, make: () => PlannedEntity) => void;
  readonly addLink: (link: PlannedLink) => void;
  readonly reject: (line: number, rule: string, detail: string) => void;
  /** Rejected rows that are only counted. */
  readonly rejectMore: (count: number) => void;
  /** `times` rows to be warned of; `line` is that of the first. */
  readonly warn: (line: number, rule: string, detail: string, times?: number) => void;
  readonly typeOf: (key: string) => string | undefined;
  /** What was added since the last time. */
  readonly take: () => PlannedSlice;
  readonly findings: () => Findings;
};

export type Findings = {
  readonly rejected: readonly RejectedRow[];
  readonly rejectedTotal: number;
  readonly warnings: readonly ImportWarning[];
};

/** With `hashText`, links are remembered by their hashes (said-before.ts). */
export function planBuilder(hashText?: (text: string) => string): PlanBuilder {
  // numbers of entities, and their lines and types by number: a million objects would cost as much again
  const known = new Map<string, number>();
  const lines: number[] = [];
  const types: string[] = [];
  const said = saidBefore(hashText);
  const rejected: RejectedRow[] = [];
  const warnings = new Map<string, ImportWarning>();
  let entities: PlannedEntity[] = [];
  let links: PlannedLink[] = [];
  let ends: number[] = [];
  let rejectedTotal = 0;

  function reject(line: number, rule: string, detail: string): void {
    rejectedTotal += 1;
    if (rejected.length < LIMITS.rejected) rejected.push({ line, rule, detail });
  }
  function warn(line: number, rule: string, detail: string, times = 1): void {
    const key = `${rule} ${detail}`;
    const before = warnings.get(key);
    warnings.set(key, { rule, detail, line: before?.line ?? line, count: (before?.count ?? 0) + times });
  }
  function addEntity(entity: PlannedEntity): void {
    const { key, line, type } = entity;
    const first = known.get(key);
    if (first !== undefined) return reject(line, 'I15', `same id as line ${lines[first]}`);
    known.set(ownCopy(key), lines.length);
    lines.push(line);
    types.push(type);
    entities.push(entity);
    refuseBeyond('items', known.size + said.size(), line);
  }
  function addLink(link: PlannedLink): void {
    const { line } = link;
    if (link.fromKey === link.toKey) return reject(line, 'I17', 'both ends are the same');
    const first = said.lineOf(fullText(link), line);
    if (first !== undefined) return reject(line, 'I18', `says the same as line ${first}`);
    const [from, to] = [known.get(link.fromKey), known.get(link.toKey)];
    if (from === undefined || to === undefined) throw new Error('a planned link without its ends');
    links.push(link);
    ends.push(from, to);
    refuseBeyond('items', known.size + said.size(), line);
  }

  return {
    addEntity,
    mentionEntity: (key, make) => {
      if (!known.has(key)) addEntity(make());
    },
    addLink,
    reject,
    rejectMore: (count) => {
      rejectedTotal += count;
    },
    warn,
    typeOf: (key) => types[known.get(key) ?? -1],
    take: () => {
      const taken = { entities, links, ends };
      entities = [];
      links = [];
      ends = [];
      return taken;
    },
    findings: () => ({
      rejected: rejected.toSorted((one, other) => one.line - other.line),
      rejectedTotal,
      warnings: [...warnings.values()],
    }),
  };
}

/** A part of a text keeps all of it in memory (V8 makes a slice of 13 characters and more): a key that is kept must not keep its piece of the file. */
function ownCopy(key: string): string {
  if (key.length < 13) return key;
  return String(JSON.parse(JSON.stringify(key)));
}

function fullText(link: PlannedLink): string {
  return JSON.stringify([link.type, link.fromKey, link.toKey, link.directed, link.claims.map(claimText)]);
}

function claimText(claim: PlainClaim): readonly unknown[] {
  return [claim.property, claim.value];
}
