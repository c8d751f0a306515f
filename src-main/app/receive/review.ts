import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PlanItem, PlanTotals, ReceivePlan } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { PlanEntry, Refusal } from '../../exchange/plan-receive.ts';
import { statementsOf } from '../../exchange/plan-statements.ts';
import type { Telling } from '../../exchange/plan-statements.ts';
import { voucherOf } from '../../exchange/review-index.ts';
import type { ReviewTotals } from '../../exchange/review-index.ts';
import type { StreamPosition } from '../../exchange/stream.ts';
import { caseList } from '../../store/queries.ts';
import { agencyNames } from '../agency-names.ts';
import type { OpenSession } from '../session.ts';
import type { Review } from './kept-review.ts';
import { holdingsOf } from './knowledge.ts';
import { positionOf, sequenceOf } from './place.ts';
import { outcomeOf, passing, reviewOf } from './reviews.ts';
import { approvalsRequired } from './waiting.ts';

type Said = Extract<VerifiedBundle['manifest'], { kind: 'receipt' }>;

/** What a waiting bundle offers against what the store holds now. */
export async function planQuarantined(
  session: OpenSession,
  input: Parsed<'receive.plan'>,
): Promise<Output<'receive.plan'>> {
  const job = session.jobs.begin(input.job);
  try {
    const review = await reviewOf(session, input.quarantine, job);
    return planView(session, review.bundle, positionOf(session, review.bundle), 'review', review);
  } finally {
    session.jobs.end(input.job);
  }
}

/** A page of its items, told in full. */
export async function listItems(
  session: OpenSession,
  input: Parsed<'receive.items'>,
): Promise<Output<'receive.items'>> {
  const review = await reviewOf(session, input.quarantine, session.jobs.begin(undefined));
  const { entries, refused } = await passing(session, review, input.filter ?? {});
  const from = input.from ?? 0;
  const told = entries.slice(from, from + input.limit).flatMap((at) => review.plan.entries[at] ?? []);
  const rest = Math.max(0, from - entries.length);
  const more = refused.slice(rest, rest + input.limit - told.length).flatMap((at) => review.plan.refused[at] ?? []);
  return {
    from,
    items: [...itemsOf(session, review, told), ...more.map((one) => refusedItem(session, review, one))],
    total: entries.length + refused.length,
  };
}

/** What choices add up to. */
export async function tellChoices(
  session: OpenSession,
  input: Parsed<'receive.choose'>,
): Promise<Output<'receive.choose'>> {
  const review = await reviewOf(session, input.quarantine, session.jobs.begin(undefined));
  const { decided, tally } = await outcomeOf(session, review, input.choices);
  const decisions = (input.items ?? []).flatMap((item) => {
    const at = review.index.places.get(item);
    const decision = at === undefined ? undefined : decided.decisions[at];
    if (at === undefined || decision === undefined) return [];
    const because = decided.because.get(at);
    return [{ item, decision, ...(because !== undefined && { because }) }];
  });
  return { ...tally, decisions };
}

/** The plan without its items; `review` is absent for a receipt. */
export function planView(
  session: OpenSession,
  bundle: VerifiedBundle,
  position: StreamPosition,
  verdict: ReceivePlan['verdict'],
  review?: Review,
): ReceivePlan {
  const { manifest, manifestHash } = bundle;
  const plan = review?.plan;
  return {
    quarantine: verdict === 'review' ? manifestHash : '',
    verdict,
    isKept: !session.unkept.has(manifestHash),
    issuer: manifest.issuer,
    issuerName: agencyNames(session)(manifest.issuer),
    sequence: sequenceOf(session, manifest),
    epoch: manifest.epoch,
    stream: position.finding,
    missing: [...position.missing],
    missingCount: position.missingCount,
    createdAt: manifest.created,
    purpose: manifest.purpose,
    legalBases: manifest.legalBases,
    tlp: manifest.handling.tlp,
    counts: { ...(plan?.counts ?? { new: 0, changed: 0, conflicting: 0, known: 0, refused: 0 }) },
    withheld: { claims: manifest.counts.withheldClaims, records: manifest.counts.withheldRecords },
    approvals: { required: approvalsRequired(session, manifest.issuer), by: [...bundle.approvedBy] },
    ...(manifest.kind === 'receipt' && { receipt: receiptCounts(manifest.receipt) }),
    digest: review?.index.digest ?? '',
    hasCase: review?.index.totals.hasCase === true,
    totals: review === undefined ? NOTHING : totalsOf(session, bundle, review.index.totals),
  };
}

function receiptCounts({ accepted, known, held, refused }: Said['receipt']): NonNullable<ReceivePlan['receipt']> {
  return { accepted, known, held, refused: refused.reduce((sum, { count }) => sum + count, 0) };
}

const NOTHING: PlanTotals = {
  items: 0,
  records: 0,
  kinds: [],
  types: [],
  authors: [],
  grades: [],
  rules: [],
  protected: 0,
  thirdParty: 0,
  vouched: 0,
  withdrawals: 0,
  files: 0,
  fileBytes: 0,
};

function totalsOf(session: OpenSession, { files }: VerifiedBundle, totals: ReviewTotals): PlanTotals {
  const { items, records, withdrawals, vouched, thirdParty, vouchers } = totals;
  const nameOf = agencyNames(session);
  return {
    items,
    records,
    protected: totals.protected,
    thirdParty,
    vouched,
    withdrawals,
    kinds: totals.kinds.map(([kind, count]) => ({ kind, count })),
    types: totals.types.map(([{ kind, type }, count]) => ({ kind, type, count })),
    authors: totals.authors.map(([agency, count]) => {
      const voucher = vouchers.get(agency);
      return { agency, name: nameOf(agency), count, ...(voucher !== undefined && { vouchedBy: nameOf(voucher) }) };
    }),
    grades: totals.grades.map(([grade, count]) => ({ grade, count })),
    rules: totals.rules.map(([rule, count]) => ({ rule, count })),
    files: files.length,
    fileBytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

function itemsOf(session: OpenSession, review: Review, entries: readonly PlanEntry[]): PlanItem[] {
  const { sides } = review.index;
  const titles = new Map(caseList(session.store).map(({ id, title }) => [id, title]));
  const held = holdingsOf(
    session,
    entries.flatMap((entry) => [entry, ...sides(entry)]).flatMap(({ offered }) => offered),
    titles,
  );
  const label = (subject: SubjectId): string => held.label(subject) ?? review.facts.labelOf(subject);
  const telling: Telling = { held, label, agencyName: review.ours.agencyName };
  return entries.map((entry) => itemOf(review, telling, [entry, ...sides(entry)]));
}

/** One item; of a conflict with all of its sides, the one that stands for it first. */
function itemOf({ facts, ours }: Review, telling: Telling, all: readonly [PlanEntry, ...PlanEntry[]]): PlanItem {
  const [entry, ...sides] = all;
  const { ends, grades, needs, news, offered, subjectCategory } = entry;
  const main = offered.find(({ id }) => news.includes(id)) ?? offered[0];
  const voucher = voucherOf(entry);
  return {
    item: entry.item,
    state: entry.state,
    kind: entry.kind,
    type: entry.type,
    label: entry.label,
    subject: entry.subject,
    author: entry.author,
    authorName: ours.agencyName(entry.author),
    isThirdParty: facts.isThirdParty(entry.author),
    ...(voucher !== undefined && { vouchedBy: ours.agencyName(voucher) }),
    grades: [...grades],
    ...(subjectCategory !== undefined && { subjectCategory }),
    isProtected: all.some(({ isProtected }) => isProtected),
    ...(ends !== undefined && { ends: { from: facts.labelOf(ends[0]), to: facts.labelOf(ends[1]) } }),
    needs: [...needs],
    records: all.flatMap((side) => side.news),
    statements: statementsOf(telling, entry, sides),
    ...(sides.length > 0 && { sides: sides.map((side) => sideView(ours, facts, side)) }),
    ...(entry.file !== undefined && { file: fileView(entry.file, telling) }),
    withheld: all.reduce((sum, { withheld }) => sum + withheld, 0),
    ...(entry.withdrawn !== undefined && { withdrawn: entry.withdrawn }),
    ...(main !== undefined && { handling: main.record.handling }),
  };
}

function fileView(
  { size, type, state, supports }: NonNullable<PlanEntry['file']>,
  { label }: Telling,
): PlanItem['file'] {
  return { size, type, state, supports: supports.map(label) };
}

function sideView(
  ours: Review['ours'],
  facts: Review['facts'],
  side: PlanEntry,
): NonNullable<PlanItem['sides']>[number] {
  const voucher = voucherOf(side);
  const record = side.offered.find(({ id }) => side.news.includes(id))?.record;
  return {
    item: side.item,
    author: side.author,
    authorName: ours.agencyName(side.author),
    isThirdParty: facts.isThirdParty(side.author),
    ...(voucher !== undefined && { vouchedBy: ours.agencyName(voucher) }),
    ...(record !== undefined && { handling: record.handling }),
  };
}

/** What is refused is told without what it says. */
function refusedItem({ us }: OpenSession, { ours, facts }: Review, { record, author, rule }: Refusal): PlanItem {
  return {
    item: record,
    state: 'refused',
    kind: 'record',
    type: 'record',
    label: `Record ${record.slice(0, 12)}`,
    author,
    authorName: ours.agencyName(author),
    isThirdParty: author !== us && facts.isThirdParty(author),
    grades: [],
    isProtected: false,
    needs: [],
    records: [record],
    statements: [],
    withheld: 0,
    rule,
  };
}
