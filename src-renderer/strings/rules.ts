/** Sentences for rule ids: what a policy, an import or a review decided, in words. An unknown id is shown as it is. */

/** docs/policy.md */
const POLICY: Readonly<Record<string, string>> = {
  P0: 'It leaves: no rule keeps it home.',
  P1: 'No legal basis that is a gateway was chosen. A duty, or an article that only defines the crime, does not allow sharing by itself.',
  P2: 'It is marked TLP:RED: for the eyes of persons, not for a file to an organisation.',
  P3: 'Another agency said it and has not given permission to pass it on.',
  P4: 'Its handling code forbids dissemination without the provider’s permission.',
  P5: 'It could identify a victim, a possible victim, a child or a witness.',
  P6: 'It is a phone, account, document or address that belongs only to protected persons.',
  P7: 'Its text contains a name, identifier or date that stays home.',
  P8: 'Its source reference or caveat contains a value that stays home; these are signed and cannot be cut out.',
  P9: 'You keep this subject home.',
  P10: 'The partner’s keys are not confirmed, have changed, or are revoked.',
  P11: 'Its review date has passed; review it before it may leave.',
  P12: 'It belongs to a subject that stays home.',
  P13: 'It concerns an informant: not even that there is one may leave.',
  P14: 'The purpose you wrote contains a value that stays home. Word it differently.',
  P15: 'With these choices nothing would leave.',
};

const RECEIVE: Readonly<Record<string, string>> = {
  X1: 'We do not have the card of the agency that said it, so its signature cannot be checked.',
  X2: 'The keys of the agency that said it are not confirmed.',
  X3: 'It was withdrawn by its author; it is refused for good.',
  X4: 'It claims to be our own record, but it is not one we made.',
  X5: 'It is of a kind that this version does not support.',
  X6: 'It claims to replace a record of another agency; only the author of a record may replace it.',
};

const SENTENCES: Readonly<Record<string, string>> = { ...POLICY, ...RECEIVE };

/** The sentence of a rule, or the rule's id when there is none. */
export function ruleText(rule: string): string {
  return SENTENCES[rule] ?? `Rule ${rule}`;
}
