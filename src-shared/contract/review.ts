import { z } from 'zod';
import { AgencyId, SubjectId } from '../domain/ids.ts';
import { Count, EntityView, LinkView, PlanItem } from './views.ts';

/** How a person decides about what a bundle offers: rules and single choices, never a list of everything (docs/manual/calls.md, "A review"). */

const Words = z.array(z.string().max(128)).max(256);
/** Handle of an item in a plan. */
const Item = z.string().min(1).max(160);

/** Items that meet every condition given; within one condition any of its words will do. */
export const ReviewFilter = z.strictObject({
  states: Words.optional(),
  kinds: Words.optional(),
  types: Words.optional(),
  authors: z.array(AgencyId).max(256).optional(),
  grades: Words.optional(),
  /** Of refused records. */
  rules: Words.optional(),
  /** Part of a label, or of the label of an end. */
  text: z.string().max(200).optional(),
  protected: z.boolean().optional(),
  thirdParty: z.boolean().optional(),
});
export type ReviewFilter = z.infer<typeof ReviewFilter>;

/** The last choice that names an item decides it; what none names is undecided, and stays here unaccepted. */
export const ReviewChoice = z.strictObject({
  decision: z.enum(['accept', 'hold', 'undecided']),
  which: z.union([
    z.strictObject({ all: z.literal(true) }),
    z.strictObject({ items: z.array(Item).min(1).max(1000) }),
    /** Everything about a subject: what is said of it, and the links and identities that join it. */
    z.strictObject({ subject: SubjectId }),
    z.strictObject({ where: ReviewFilter }),
  ]),
});
export type ReviewChoice = z.infer<typeof ReviewChoice>;
export const ReviewChoices = z.array(ReviewChoice).max(5000);

/** Everything new, changed and conflicting; these items and nothing else; or by choices. */
export const Accept = z.union([
  z.literal('all'),
  z.array(Item).max(10_000),
  z.strictObject({ choices: ReviewChoices }),
]);
export type Accept = z.infer<typeof Accept>;

const Decision = z.enum(['accept', 'hold', 'undecided']);
const ByState = z.strictObject({ new: Count, changed: Count, conflicting: Count });

export const ReviewTally = z.strictObject({
  /** Items; what is known or refused needs no decision. */
  accepted: ByState,
  held: ByState,
  undecided: ByState,
  /** Add up to the records of the bundle. */
  records: z.strictObject({ accepted: Count, held: Count, undecided: Count, known: Count, refused: Count }),
  /** Ends that nobody decided on, accepted because a link that is accepted needs them. */
  alsoAccepted: Count,
  /** Links that stay here because an end that they need is held. */
  alsoHeld: Count,
  /** Accepted withdrawals that erase: the only thing of a bundle that cannot be undone. */
  erasures: Count,
  /** Chosen items that the plan does not have (any more). */
  missing: Count,
  /** The case that is accepted, or known, where the bundle has one. */
  case: SubjectId.optional(),
  /** Of the items asked about. */
  decisions: z.array(z.strictObject({ item: z.string(), decision: Decision, because: z.string().optional() })),
});
export type ReviewTally = z.infer<typeof ReviewTally>;

export const ReviewPage = z.strictObject({ from: Count, items: z.array(PlanItem), total: Count });

/** A preview of more than this is a part of it: a drawing that nobody can read helps nobody. */
export const MOST_PREVIEWED = { entities: 300, links: 900 } as const;

/** What a bundle would add to the network, with what we hold beside it. */
export const ReviewChart = z.strictObject({
  entities: z.array(EntityView).max(MOST_PREVIEWED.entities),
  links: z.array(LinkView).max(MOST_PREVIEWED.links),
  marks: z.array(z.strictObject({ id: SubjectId, mark: z.enum(['new', 'changed', 'conflicting', 'held-here']) })),
  /** Every entity and link asked for is drawn. */
  isWhole: z.boolean(),
  /** `others`: items that pass and have no place in a drawing, such as cases, withdrawals and what is refused. */
  total: z.strictObject({ entities: Count, links: Count, others: Count }),
});
export type ReviewChart = z.infer<typeof ReviewChart>;

export const ReviewAsk = { items: z.array(Item).max(500).optional(), focus: z.array(Item).max(500).optional() };
