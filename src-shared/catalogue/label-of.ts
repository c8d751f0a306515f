import { disclosedValues, type ReadableClaim } from './claim.ts';
import { displayValue, oneLine } from './display.ts';
import { entityKind, isKnownLinkType, linkKind } from './kinds.ts';
import { pseudonymWord } from './subject.ts';

/**
 * The label of a subject, from disclosed claims alone, by a rule that gives every agency the same answer:
 * 1. The first line of the kind's `labelFrom` whose first property is disclosed, its values joined by a space.
 * 2. Of several values of one property: current before ended, then the longest, then by code point. Never by time of arrival.
 * 3. Without any: the id that the subject has in its source, as in an edge list of numbers.
 * 4. Without that: the pseudonym word of the person's category ("Victim"), or the kind's label, and the last four digits of the subject id.
 */
export function labelOf(type: string, claims: readonly ReadableClaim[], subject: string): string {
  if (isKnownLinkType(type)) return linkKind(type).label;
  const labelFrom = [...entityKind(type).labelFrom, ['externalId']];
  return disclosedLabel(type, labelFrom, claims) ?? pseudonymOf(type, claims, subject);
}

/** Rule 4 alone: what stands for a subject whose name must not show, as in a briefing. */
export function pseudonymOf(type: string, claims: readonly ReadableClaim[], subject: string): string {
  return `${pseudonymWord(claims) ?? entityKind(type).label} ${shortId(subject)}`;
}

/** The label of a case: its title, else its reference. */
export function caseLabel(claims: readonly ReadableClaim[], subject: string): string {
  return disclosedLabel('case', [['title'], ['reference']], claims) ?? `Case ${shortId(subject)}`;
}

/** The label of an evidence file: its name as it came. */
export function attachmentLabel(claims: readonly ReadableClaim[], subject: string): string {
  return disclosedLabel('attachment', [['name']], claims) ?? `File ${shortId(subject)}`;
}

/** The last four hex digits: the first digits of a version 7 UUID are a time and would be alike. */
export function shortId(subject: string): string {
  return subject.replaceAll('-', '').slice(-4).toUpperCase();
}

function disclosedLabel(
  type: string,
  labelFrom: readonly (readonly string[])[],
  claims: readonly ReadableClaim[],
): string | undefined {
  for (const line of labelFrom) {
    const parts = line.map((property) => firstValue(type, property, claims));
    if (parts[0] !== undefined && parts[0] !== '') return oneLine(parts.filter((part) => part !== undefined).join(' '));
  }
  return undefined;
}

function firstValue(type: string, property: string, claims: readonly ReadableClaim[]): string | undefined {
  const value = disclosedValues(claims, property)[0];
  return value === undefined ? undefined : oneLine(displayValue(type, property, value));
}
