import type { Output } from '../../src-shared/contract/methods.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { write } from '../store/store.ts';
import type { OpenSession } from './session.ts';

/** Who was shown whom: docs/formats/vault.md V63. */

type Shown = { readonly id: string; readonly isProtected: boolean };

/** The people in the answers that show any. */
export const SHOWN = {
  'case.chart': ({ entities }: Output<'case.chart'>) => entities,
  'case.members': ({ entities }: Output<'case.members'>) => entities,
  'graph.path': ({ paths }: Output<'graph.path'>) => paths.flatMap(({ nodes }) => nodes),
  'receive.chart': ({ entities }: Output<'receive.chart'>) => entities,
  'receive.items': ({ items }: Output<'receive.items'>) => bySubject(items),
  'release.records': (answer: Output<'release.records'>) => bySubject([answer]),
  'release.subjects': ({ subjects }: Output<'release.subjects'>) => bySubject(subjects),
  'search.find': ({ hits }: Output<'search.find'>) => hits,
  'subject.expand': ({ entities }: Output<'subject.expand'>) => entities,
  'subject.show': ({ entity, ends, links }: Output<'subject.show'>) =>
    [entity, ends?.from, ends?.to, ...links.map(({ other }) => other)].flatMap((shown) => shown ?? []),
} as const;

/** Named in one entry. */
const NAMED = 64;

const notedIn = new WeakMap<OpenSession, { readonly seen: Set<string>; readonly waiting: Set<string> }>();

/** What `method` answered, once an entry says which protected people it shows that were not shown since the vault was unlocked. */
export function noted<O>(session: OpenSession, method: string, output: O): O {
  const shown: ((output: never) => readonly Shown[]) | undefined = SHOWN[method as keyof typeof SHOWN];
  if (shown !== undefined) noteShown(session, method, shown(output as never));
  return output;
}

function noteShown(session: OpenSession, method: string, people: readonly Shown[]): void {
  if (session.store.isReadOnly || session.store.older !== undefined) return;
  const { seen, waiting } = notedIn.get(session) ?? { seen: new Set<string>(), waiting: new Set<string>() };
  notedIn.set(session, { seen, waiting });
  for (const { id, isProtected } of people) if (isProtected && !seen.has(id)) waiting.add(id);
  if (waiting.size === 0) return;
  const { context, store, user, role } = session;
  const subjects = [...waiting];
  const details = { by: method, count: subjects.length, subjects: subjects.slice(0, NAMED) };
  try {
    write(
      store,
      { actor: user, role, action: 'subject.read', at: context.now().toISOString(), details },
      () => undefined,
    );
  } catch (error) {
    // a bulk change is under way: with the next answer
    if (error instanceof ChirographError && error.code === 'vault.busy') return;
    throw error;
  }
  for (const id of subjects) seen.add(id);
  waiting.clear();
}

function bySubject(rows: readonly { readonly subject?: string | undefined; readonly isProtected: boolean }[]): Shown[] {
  return rows.flatMap(({ subject, isProtected }) => (subject === undefined ? [] : [{ id: subject, isProtected }]));
}
