/** What can be wrong with a claim. An `error` cannot be stored; a `warning` is stored and shown. Sentences live in the page. */
const problemRules = {
  'value.not-text': 'error',
  'value.empty': 'error',
  'value.too-long': 'error',
  'value.not-a-value': 'error',
  'property.name': 'error',
  'code.unknown': 'error',
  'property.unknown': 'warning',
  'property.several': 'warning',
  'key.missing': 'warning',
  'date.kept-as-text': 'warning',
  'country.kept-as-text': 'warning',
  'number.kept-as-text': 'warning',
  'truth.kept-as-text': 'warning',
  'code.kept-as-text': 'warning',
  'coordinates.kept-as-text': 'warning',
  'phone.not-a-number': 'warning',
  'phone.not-valid': 'warning',
  'phone.country-assumed': 'warning',
  'email.not-an-address': 'warning',
  'url.not-an-address': 'warning',
  'iban.check-digits': 'warning',
} as const satisfies Readonly<Record<string, 'error' | 'warning'>>;

export type ProblemRule = keyof typeof problemRules;
type Severity = 'error' | 'warning';

/** One problem: `at` is the position of the claim in what was given; the value itself is never repeated. */
export type Problem = {
  readonly property: string;
  readonly rule: ProblemRule;
  readonly severity: Severity;
  readonly at?: number;
};

export function problem(property: string, rule: ProblemRule, at?: number): Problem {
  return { property, rule, severity: problemRules[rule], ...(at === undefined ? {} : { at }) };
}
