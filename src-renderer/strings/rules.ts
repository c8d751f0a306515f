import type { ProblemRule } from '../../src-shared/catalogue/problem.ts';

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
  P7: 'Its text contains a value that stays home, or it is the reason of an erasure.',
  P8: 'Its source, caveat, purposes or legal bases contain a value that stays home; these are signed and cannot be cut out.',
  P9: 'You keep this subject home.',
  P10: 'The partner’s keys are not confirmed, have changed, or are revoked.',
  P11: 'Its review date has passed; review it before it may leave.',
  P12: 'It belongs to a subject that stays home.',
  P13: 'It concerns an informant: not even that there is one may leave.',
  P14: 'The purpose you wrote contains a value that stays home. Word it differently.',
  P15: 'With these choices nothing would leave.',
  P16: 'The file is about a protected person, and nothing can be withheld of a file.',
  P17: 'None of the legal bases that you cite opens a gateway to this partner, by its country and kind.',
  P18: 'It is limited to other purposes than the one of this release.',
  P19: 'It has a caveat in words, which goes along and has to be kept.',
  P20: 'This kind of data goes to this partner for the first time.',
  P21: 'You keep this value home.',
  P22: 'It goes on with the signed permission of the agency that said it.',
  P23: 'The permission of the agency that said it has expired.',
  P24: 'The permission of the agency that said it does not name every recipient.',
  P25: 'The permission of the agency that said it is for other purposes.',
  P26: 'Its label and handling codes go with it.',
  P27: 'It may not be used before a court without the provider’s permission.',
  P28: 'It is an assessment, and is called so wherever it goes.',
  P29: 'It is superseded, withdrawn or erased: it is not what is said now.',
  P30: 'Other officers have to approve this release first.',
  P31: 'We cannot prove to others who said it: it came to us without its proof. Ask the partner to send it again.',
  P32: 'The file is too large for this bundle, alone or with the others (64 MiB together). Release again for the rest, or hand it over by itself.',
  P33: 'The file is missing or damaged here, and its record does not leave without it.',
};

const RECEIVE: Readonly<Record<string, string>> = {
  X1: 'We do not have the card of the agency that said it, so its signature cannot be checked.',
  X2: 'The keys of the agency that said it are not confirmed, have changed, or are revoked.',
  X3: 'It was withdrawn by its author; it is refused for good.',
  X4: 'It claims to be our own record, but it is not one we made.',
  X5: 'It names an evidence file, and the program of before did not take files.',
  X6: 'Another agency said it, and we hold no permission of that agency that names us.',
};

/** docs/formats/import.md: rejected rows and warnings. */
const IMPORT: Readonly<Record<string, string>> = {
  I2: 'The text was not valid UTF-8 and was read as windows-1252. Look whether the accents are right.',
  I5: 'The line is a comment.',
  I6: 'There is text after a closing quote.',
  I9: 'The file has no header; its columns were guessed.',
  I10: 'The row has another number of fields than the rest.',
  I13: 'A value is not what its column asks for; it was kept as it stands, as an attribute.',
  I14: 'A type is not one that Chirograph knows; it was kept as an attribute.',
  I15: 'The row has no id of its own, or one that an earlier row has.',
  I17: 'A link needs two different ends.',
  I18: 'The row repeats an earlier one in full.',
  I20: 'A role is not understood: the person has no category and is not protected. Check them after the import.',
  I21: 'A name contains a word for a victim, witness or informant; nothing was concluded from it. Check the person’s category.',
  I24: 'Drawing data of another program was not read.',
  I26: 'The link names an end that is nowhere in the file.',
  I27: 'The file nests graphs or uses parts that have no place here.',
};

/** What can be wrong with a value that a person enters (src-shared/catalogue/problem.ts). */
const VALUE: { readonly [R in ProblemRule]: string } = {
  'value.not-text': 'This must be a text.',
  'value.empty': 'Enter a value.',
  'value.too-long': 'This is too long.',
  'value.not-a-value': 'This is not a value.',
  'property.name': 'This is not the name of a property.',
  'code.unknown': 'Choose a value of the list.',
  'property.unknown': 'This kind does not have the property; it is kept as it is.',
  'property.several': 'One value is expected here; all are kept.',
  'key.missing': 'Nothing tells this apart from others yet.',
  'date.kept-as-text': 'This is not a date as it can be searched; it is kept as a text.',
  'country.kept-as-text': 'No country of this name is known; it is kept as a text.',
  'number.kept-as-text': 'This is not a number; it is kept as a text.',
  'truth.kept-as-text': 'This is neither yes nor no; it is kept as a text.',
  'code.kept-as-text': 'This is not a value of the list; it is kept as a text.',
  'coordinates.kept-as-text': 'These are not coordinates; they are kept as a text.',
  'phone.not-a-number': 'This does not look like a phone number; it is kept as it is.',
  'phone.not-valid': 'No such number is in use; it is kept as it is.',
  'phone.country-assumed': 'The number has no country code; your own country is assumed for searching.',
  'email.not-an-address': 'This does not look like an e-mail address; it is kept as it is.',
  'url.not-an-address': 'This does not look like a web address; it is kept as it is.',
  'iban.check-digits': 'The check digits are wrong; it may be mistyped. It is kept as it is.',
};

const SENTENCES: Readonly<Record<string, string>> = { ...POLICY, ...RECEIVE, ...IMPORT, ...VALUE };

/** The sentence of a rule, or the rule's id when there is none. */
export function ruleText(rule: string): string {
  return SENTENCES[rule] ?? `Rule ${rule}`;
}
