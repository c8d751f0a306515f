/** Rules of docs/policy.md. Their sentences are in src-renderer/strings/rules.ts. */
export const POLICY_RULES = [
  'P0',
  'P1',
  'P2',
  'P3',
  'P4',
  'P5',
  'P6',
  'P7',
  'P8',
  'P9',
  'P10',
  'P11',
  'P12',
  'P13',
  'P14',
  'P15',
  'P16',
  'P17',
  'P18',
  'P19',
  'P20',
  'P21',
  'P22',
  'P23',
  'P24',
  'P25',
  'P26',
  'P27',
  'P28',
  'P29',
  'P30',
  'P31',
  'P32',
  'P33',
] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

/** What happens to a record or a claim, and the rule that decided. */
export type Verdict = { readonly action: 'release' | 'withhold'; readonly rule: PolicyRule };

export const RELEASE: Verdict = { action: 'release', rule: 'P0' };

/** One of each: a release has hundreds of thousands of them. */
const WITHHELD: ReadonlyMap<PolicyRule, Verdict> = new Map(
  POLICY_RULES.map((rule) => [rule, { action: 'withhold', rule }]),
);

/** The verdict of a rule that keeps something home. */
export function withholdBy(rule: PolicyRule): Verdict {
  return WITHHELD.get(rule) ?? { action: 'withhold', rule };
}

/** Classes of protected persons, as an officer includes them. */
export type ProtectedClass = 'victims' | 'witnesses' | 'informants';
