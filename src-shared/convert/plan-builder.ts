import type { PlainClaim } from '../catalogue/claim.ts';
import type { ImportWarning, PlannedEntity, PlannedLink, RejectedRow } from './import-plan.ts';
import { LIMITS, refuseBeyond } from './limits.ts';

/** Collects a plan row by row. It lives as long as one import; what it hands out at the end is plain data. */
export type PlanBuilder = {
  readonly addEntity: (entity: PlannedEntity) => void;
  /** Makes an entity that a link mentions, unless it is there already (I16). */
  readonly mentionEntity: (key: string, make: () => PlannedEntity) => void;
  readonly addLink: (link: PlannedLink) => void;
  readonly reject: (line: number, rule: string, detail: string) => void;
  readonly warn: (line: number, rule: string, detail: string) => void;
  readonly typeOf: (key: string) => string | undefined;
  readonly built: () => Built;
};

type Built = {
  readonly entities: readonly PlannedEntity[];
  readonly links: readonly PlannedLink[];
  readonly rejected: readonly RejectedRow[];
  readonly rejectedTotal: number;
  readonly warnings: readonly ImportWarning[];
};

export function planBuilder(): PlanBuilder {
  const entities = new Map<string, PlannedEntity>();
  const links = new Map<string, PlannedLink>();
  const rejected: RejectedRow[] = [];
  const warnings = new Map<string, ImportWarning>();
  let rejectedTotal = 0;

  function reject(line: number, rule: string, detail: string): void {
    rejectedTotal += 1;
    if (rejected.length < LIMITS.rejected) rejected.push({ line, rule, detail });
  }
  function warn(line: number, rule: string, detail: string): void {
    const key = `${rule} ${detail}`;
    const known = warnings.get(key);
    warnings.set(key, { rule, detail, line: known?.line ?? line, count: (known?.count ?? 0) + 1 });
  }
  function addEntity(entity: PlannedEntity): void {
    const known = entities.get(entity.key);
    if (known !== undefined) return reject(entity.line, 'I15', `same id as line ${known.line}`);
    entities.set(entity.key, entity);
    refuseBeyond('items', entities.size + links.size, entity.line);
  }
  function addLink(link: PlannedLink): void {
    if (link.fromKey === link.toKey) return reject(link.line, 'I17', 'both ends are the same');
    const said = fullText(link);
    const known = links.get(said);
    if (known !== undefined) return reject(link.line, 'I18', `says the same as line ${known.line}`);
    links.set(said, link);
    refuseBeyond('items', entities.size + links.size, link.line);
  }

  return {
    addEntity,
    mentionEntity: (key, make) => {
      if (!entities.has(key)) addEntity(make());
    },
    addLink,
    reject,
    warn,
    typeOf: (key) => entities.get(key)?.type,
    built: () => ({
      entities: [...entities.values()],
      links: [...links.values()],
      rejected: rejected.toSorted((one, other) => one.line - other.line),
      rejectedTotal,
      warnings: [...warnings.values()],
    }),
  };
}

function fullText(link: PlannedLink): string {
  return JSON.stringify([link.type, link.fromKey, link.toKey, link.directed, link.claims.map(claimText)]);
}

function claimText(claim: PlainClaim): readonly unknown[] {
  return [claim.property, claim.value];
}
