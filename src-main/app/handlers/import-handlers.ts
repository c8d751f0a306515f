import { entityKind } from '../../../src-shared/catalogue/kinds.ts';
import { labelOf } from '../../../src-shared/catalogue/label-of.ts';
import { isProtectedSubject } from '../../../src-shared/catalogue/subject.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { ImportPreview } from '../../../src-shared/contract/views.ts';
import type { ImportPlan } from '../../../src-shared/convert/import-plan.ts';
import { planImport } from '../../../src-shared/convert/plan-import.ts';
import type { BatchId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { newBatch } from '../../store/batches.ts';
import { externalIds } from '../../store/history.ts';
import { putRecords } from '../../store/records.ts';
import type { Job } from '../jobs.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { requireCase } from './case-handlers.ts';

type Request = Parsed<'import.apply'>;

const SAMPLE_ROWS = 12;
const LISTED_REJECTED = 500;
/** Records between two looks at whether somebody cancelled. */
const STEP = 2000;

/** What an import would do. Nothing is written. */
export async function previewImport(
  session: OpenSession,
  input: Parsed<'import.preview'>,
): Promise<Output<'import.preview'>> {
  const job = session.jobs.begin(input.job);
  try {
    const plan = await readPlan(session, input, job);
    return previewOf(plan, attachment(session, input, plan));
  } finally {
    session.jobs.end(input.job);
  }
}

/** Imports a file in one transaction and one batch, which `batch.undo` takes back. A cancelled import leaves nothing. */
export async function applyImport(session: OpenSession, input: Request): Promise<Output<'import.apply'>> {
  const job = session.jobs.begin(input.job);
  try {
    const plan = await readPlan(session, input, job);
    const known = attachment(session, input, plan);
    const { records, subject } = await makeRecords(session, input, plan, known?.subjects ?? new Map(), job);
    await job.step('store', 0, 1);
    const made = plan.entities.filter(({ key }) => known?.subjects.has(key) !== true).length;
    const batch = change(
      session,
      'import.apply',
      { records: records.length, entities: made, links: plan.links.length, rejected: plan.rejectedTotal },
      (tx) => {
        const batchId = newBatch(tx, { kind: 'import', at: session.context.now().toISOString(), actor: session.user });
        putRecords(tx, batchId, records);
        return batchId;
      },
    );
    const { read, links, rejected, warnings } = plan;
    return {
      batch,
      read,
      entities: made,
      links: links.length,
      rejected: [...rejected],
      warnings: [...warnings],
      case: subject,
    };
  } finally {
    session.jobs.end(input.job);
  }
}

async function readPlan(session: OpenSession, input: Request, job: Job): Promise<ImportPlan> {
  const { entityType, linkType, directed } = input;
  const options = { entityType, linkType, directed, defaultCountry: session.agency.country };
  const steps = planImport({ bytes: input.bytes, format: input.format, options });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await job.step('read', step.value.done, step.value.total);
  }
}

interface Attachment {
  readonly batch: BatchId;
  readonly subjects: ReadonlyMap<string, SubjectId>;
}

/**
 * An edge list joins the node list of one earlier import of the same case when every one of its ends has its id there; then no entity is made
 * twice. Two earlier imports that both fit are one too many, and nothing is joined (docs/formats/import.md).
 */
function attachment(session: OpenSession, input: Request, plan: ImportPlan): Attachment | undefined {
  if (input.attach === 'never' || !plan.isEdgeList || !('id' in input.case)) return undefined;
  const ends = new Set(plan.links.flatMap(({ fromKey, toKey }) => [fromKey, toKey]));
  const byBatch = Map.groupBy(externalIds(session.store, input.case.id), ({ batch }) => batch);
  const fitting = [...byBatch].flatMap(([batch, rows]) => {
    const subjects = new Map(rows.map(({ externalId, subject }) => [externalId, subject]));
    return [...ends].every((end) => subjects.has(end)) ? [{ batch, subjects }] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function makeRecords(
  session: OpenSession,
  input: Request,
  plan: ImportPlan,
  known: ReadonlyMap<string, SubjectId>,
  job: Job,
): Promise<{ records: ParsedRecord[]; subject: SubjectId }> {
  const { author } = session;
  const { source, handling } = input;
  const total = plan.entities.length + plan.links.length;
  const records: ParsedRecord[] = [];
  const members: SubjectId[] = [];
  const subjects = new Map(known);
  const subject = caseSubject();
  for (const { key, type, claims } of plan.entities) {
    if (subjects.has(key)) continue;
    const made = author.newSubject();
    subjects.set(key, made);
    keep(author.entity({ subject: made, type, claims: [...claims], source, handling }));
    if (records.length % STEP === 0) await job.step('records', records.length, total);
  }
  for (const { type, fromKey, toKey, directed, claims } of plan.links) {
    const [from, to] = [subjects.get(fromKey), subjects.get(toKey)];
    if (from === undefined || to === undefined) throw new Error('a planned link without its ends');
    keep(
      author.link({ subject: author.newSubject(), type, from, to, directed, claims: [...claims], source, handling }),
    );
    if (records.length % STEP === 0) await job.step('records', records.length, total);
  }
  return { records: [...records, ...author.members(subject, members, handling)], subject };

  function keep(record: ParsedRecord): void {
    records.push(record);
    members.push(record.record.subject);
  }

  function caseSubject(): SubjectId {
    if ('id' in input.case) return requireCase(session, input.case.id).id;
    const made = author.newSubject();
    records.push(
      author.caseInfo({ subject: made, claims: [{ property: 'title', value: input.case.title }], handling }),
    );
    return made;
  }
}

function previewOf(plan: ImportPlan, known: Attachment | undefined): ImportPreview {
  const fresh = plan.entities.filter(({ key }) => known?.subjects.has(key) !== true);
  return {
    format: plan.format,
    read: plan.read,
    entities: fresh.length,
    links: plan.links.length,
    byType: [...countByType('entity', fresh), ...countByType('link', plan.links)],
    columns: plan.columns.map((column) => ({ ...column })),
    sample: {
      entities: fresh.slice(0, SAMPLE_ROWS).map(({ key, type, claims, line }) => ({
        key,
        type,
        label: labelOf(type, claims, key),
        claims: claims.length,
        line,
      })),
      links: plan.links
        .slice(0, SAMPLE_ROWS)
        .map(({ type, fromKey, toKey, line }) => ({ type, from: fromKey, to: toKey, line })),
    },
    rejected: plan.rejected.slice(0, LISTED_REJECTED).map((row) => ({ ...row })),
    rejectedTotal: plan.rejectedTotal,
    warnings: plan.warnings.map((warning) => ({ ...warning })),
    ...(known !== undefined && { attachesTo: { batch: known.batch, entities: known.subjects.size } }),
  };
}

function countByType(
  kind: 'entity' | 'link',
  planned: readonly { readonly type: string; readonly claims: ImportPlan['links'][number]['claims'] }[],
): ImportPreview['byType'] {
  return [...Map.groupBy(planned, ({ type }) => type)].map(([type, list]) => ({
    kind,
    type,
    count: list.length,
    protected:
      kind === 'entity' && entityKind(type).properties.some(({ name }) => name === 'subjectCategory')
        ? list.filter(({ claims }) => isProtectedSubject(claims)).length
        : 0,
  }));
}
