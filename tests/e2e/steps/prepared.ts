import { type TestAgency, handling, source } from '../../support/agency.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';

export const PREPARED_CASE = 'Operation Test Lamp';
/** Identifies a protected person: must not be where it is not needed. */
export const VICTIM = 'Vera Inventova';

/** A small case made without a window: a suspect who recruited a victim and uses a phone. */
export async function writeCase(agency: TestAgency): Promise<SubjectId> {
  const { id } = await agency.call('case.save', { title: PREPARED_CASE, handling });
  const add = async (type: string, claims: Readonly<Record<string, string>>) => {
    const stated = Object.entries(claims).map(([property, value]) => ({ property, value }));
    const said = { case: id, supersedes: [], type, claims: stated, source, handling };
    return (await agency.call('entity.save', said)).subject;
  };
  const link = (type: string, from: SubjectId, to: SubjectId) =>
    agency.call('link.save', {
      case: id,
      supersedes: [],
      type,
      from,
      to,
      directed: true,
      claims: [],
      source,
      handling,
    });
  const suspect = await add('person', {
    name: 'Sergo Madeupson',
    subjectCategory: 'suspect',
    dateOfBirth: '1980-01-02',
  });
  const victim = await add('person', { name: VICTIM, subjectCategory: 'victim', dateOfBirth: '2003-04-05' });
  await link('recruited', suspect, victim);
  await link('uses', suspect, await add('phone', { number: '+44 7700 900123' }));
  return id;
}
