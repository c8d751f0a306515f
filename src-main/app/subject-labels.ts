import { attachmentLabel, caseLabel } from '../../src-shared/catalogue/label-of.ts';
import { linkKind } from '../../src-shared/catalogue/kinds.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { caseList, entityRows } from '../store/queries.ts';
import type { OpenSession } from './session.ts';

/** What the subjects of these records are called here: entities and cases by their label, links by what they join. */
export function subjectLabels(
  { store }: Pick<OpenSession, 'store'>,
  records: readonly AnyRecord[],
): (subject: SubjectId) => string {
  const subjects = records.flatMap((record) => ('from' in record ? [record.from, record.to] : [record.subject]));
  const labels = new Map(entityRows(store, [...new Set(subjects)]).map(({ id, label }) => [id, label]));
  const titles = new Map(caseList(store).map(({ id, title }) => [id, title]));
  for (const record of records) {
    const { subject } = record;
    if (labels.has(subject)) continue;
    if (record.kind === 'case') labels.set(subject, titles.get(subject) ?? caseLabel(record.claims, subject));
    else if (record.kind === 'attachment')
      labels.set(subject, attachmentLabel(record.claims.filter(isDisclosed), subject));
    else if (record.kind === 'chart') labels.set(subject, `Drawing of ${titles.get(record.case) ?? 'a case'}`);
    else if ('from' in record) {
      const word = record.kind === 'link' ? linkKind(record.type).label : record.kind === 'same' ? 'same as' : 'not';
      const end = (id: SubjectId): string => labels.get(id) ?? id.slice(-6);
      labels.set(subject, `${end(record.from)} – ${word} – ${end(record.to)}`);
    }
  }
  return (subject) => labels.get(subject) ?? subject.slice(-6);
}
