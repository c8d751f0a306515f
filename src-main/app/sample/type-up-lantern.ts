import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { Input, MethodName, Output } from '../../../src-shared/contract/methods.ts';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { claimDrafts, sourceOf } from './lantern.ts';
import { LANTERN_SOURCES, type LanternSource } from './lantern-sources.ts';
import { OPERATION_LANTERN } from './operation-lantern.ts';
import type { AgencyIndex } from './sample-case.ts';

/** Calls of the contract, as any host makes them. */
export interface Caller {
  call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>>;
}

/** Subjects by their key in the tables; grows while a part of the case is typed up. */
export type KnownSubjects = Map<string, SubjectId>;

/**
 * Types one agency's part of Operation Lantern into its unlocked vault, call by call, as an analyst would. `known` holds what the vault
 * already has; what is added is put into it.
 */
export async function typeUpLantern(agency: AgencyIndex, at: Caller, known: KnownSubjects): Promise<void> {
  const { entities, statements, links, identities, case: sample, positions } = OPERATION_LANTERN;
  const isOurs = ({ source }: { readonly source: LanternSource }): boolean => LANTERN_SOURCES[source].agency === agency;
  const id = known.get(sample.key) ?? (await openCase());
  const subjectOf = (key: string): SubjectId => known.get(key) ?? id;

  for (const { key, type, source, on, claims } of entities.filter(isOurs)) {
    const saved = await at.call('entity.save', {
      case: id,
      supersedes: [],
      type,
      ...told(source, claimDrafts(claims), on),
    });
    known.set(key, saved.subject);
  }
  await stateMore();
  for (const { type, from, to, source, on, claims } of links.filter(isOurs)) {
    const ends = { from: subjectOf(from), to: subjectOf(to), directed: linkKind(type).isDirected };
    const said = told(source, claimDrafts({ startOn: on, ...claims }));
    const saved = await at.call('link.save', { case: id, supersedes: [], type, ...ends, ...said });
    known.set(`${type} ${from} ${to}`, saved.subject);
  }
  for (const { kind, one, other, source, on, reason } of identities.filter(isOurs)) {
    const { claims: _, ...said } = told(source, [], on);
    await at.call('identity.save', { kind, one: subjectOf(one), other: subjectOf(other), reason, ...said });
  }
  for (const { source, on, claims } of sample.statements.filter(isOurs)) {
    await at.call('case.state', { case: id, supersedes: [], ...told(source, claimDrafts(claims), on) });
  }
  await draw();

  async function openCase(): Promise<SubjectId> {
    const { title, reference, description } = sample;
    const opened = await at.call('case.save', { title, reference, description, handling: sample.handling });
    known.set(sample.key, opened.id);
    return opened.id;
  }

  /** What further sources say; a correction replaces the record that it corrects. */
  async function stateMore(): Promise<void> {
    const records = new Map<string, RecordId>();
    const types = new Map(entities.map(({ key, type }) => [key, type]));
    for (const { about, source, on, claims, id: name, replaces } of statements.filter(isOurs)) {
      const replaced = replaces === undefined ? undefined : records.get(replaces);
      const saved = await at.call('entity.save', {
        case: id,
        subject: subjectOf(about),
        supersedes: replaced === undefined ? [] : [replaced],
        type: types.get(about) ?? '',
        ...told(source, claimDrafts(claims), on),
      });
      if (name !== undefined) records.set(name, saved.record);
    }
  }

  async function draw(): Promise<void> {
    const drawn = entities.filter(isOurs).flatMap(({ key }) => {
      const [x, y] = positions[key] ?? [];
      return x === undefined || y === undefined ? [] : [{ subject: subjectOf(key), x, y, pinned: true }];
    });
    await at.call('chart.save', { case: id, positions: drawn });
  }
}

function told(source: LanternSource, claims: ReturnType<typeof claimDrafts>, on?: string) {
  return {
    claims,
    source: sourceOf({ source, ...(on !== undefined && { on }) }),
    handling: LANTERN_SOURCES[source].handling,
  };
}
