import { personAppearances } from '../../../src-shared/catalogue/appearance-table.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { Without } from '../../store/members.ts';
import type { OpenSession } from '../session.ts';
import { entityView } from '../views.ts';
import { requireCase } from './case-handlers.ts';

/** Some entities of a case from a place of its order on, and how many there are in all. */
export function listMembers(session: OpenSession, input: Parsed<'case.members'>): Output<'case.members'> {
  requireCase(session, input.case);
  const { case: id, at = 0, sort = 'label', isDescending, types, period, without, limit } = input;
  const order = { sort, isDescending, types, period, without: without === undefined ? undefined : storedAs(without) };
  const { rows, total } = session.orders.page(id, order, at, limit);
  return { at, entities: rows.map(entityView), isLast: at + rows.length >= total, total };
}

/** People of these categories are a kind of their own (UX notes §4). */
const CATEGORIES = Object.keys(personAppearances).map((category) => `person:${category}`);

function storedAs({
  looks = [],
  grades = [],
  authors = [],
  markings = [],
}: NonNullable<Parsed<'case.members'>['without']>): Without {
  return {
    looks,
    categories: CATEGORIES,
    grades: grades.map((grade) => (grade === 'ungraded' ? '' : grade)),
    authors,
    markings,
  };
}
