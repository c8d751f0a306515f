import { canonicalText } from '../crypto/canonical.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, Handling, Source, WithheldClaim } from '../domain/record.ts';

/** A record as a line of a bundle (docs/formats/bundle.md B31): its canonical text without the salts, and the salts in their order. */
export type RecordLine = { readonly text: string; readonly salts: string };

type Statement = Extract<AnyRecord, { kind: 'entity' | 'link' }>;

/** What canonical JSON writes as something else than itself, or what may be half a character. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
const SALT = /"salt":"([A-Za-z0-9_-]{21}[AQgw])"/g;
const NO_SALT = '"salt":""';
/** R7, in characters. */
export const SALT_LENGTH = 22;

/**
 * Writes the line of a record that keeps the rules of its schema. Entities and links whose values are plain texts, nearly all that leaves, are written
 * by a template; a test holds that to the canonical form of everything else.
 */
export function recordLine(record: AnyRecord): RecordLine {
  const plain = record.kind === 'entity' || record.kind === 'link' ? plainLine(record) : undefined;
  if (plain !== undefined) return plain;
  const whole = canonicalText(record);
  if (whole.includes(NO_SALT)) return { text: ` ${whole}`, salts: '' };
  const salts: string[] = [];
  const text = whole.replace(SALT, (_found, salt: string) => {
    salts.push(salt);
    return NO_SALT;
  });
  return { text, salts: salts.join('') };
}

/** How many salts a line wants back: the inverse begins with it. */
export function saltsOf(line: string): number {
  return line.startsWith(' ') ? 0 : line.split(NO_SALT).length - 1;
}

/** The text of a record from its line and its salts; undefined when the line is not what `recordLine` writes. */
export function textOfLine(line: string, salts: string): string | undefined {
  if (line.startsWith(' ')) return line.includes(NO_SALT) && salts === '' ? line.slice(1) : undefined;
  if (line.search(SALT) >= 0) return undefined;
  let at = 0;
  return line.replaceAll(NO_SALT, () => {
    at += SALT_LENGTH;
    return `"salt":"${salts.slice(at - SALT_LENGTH, at)}"`;
  });
}

/** Keys in the order of RFC 8785 §3.2.3. */
function plainLine(record: Statement): RecordLine | undefined {
  let claims = '';
  let salts = '';
  for (const claim of record.claims) {
    const text = claimText(claim);
    if (text === undefined) return undefined;
    claims += claims === '' ? text : `,${text}`;
    if (isDisclosed(claim) && claim.salt !== undefined) salts += claim.salt;
  }
  const source = sourceText(record.source);
  if (source === undefined) return undefined;
  const { author, commitment, created, handling, kind, subject, supersedes, type, v } = record;
  const isLink = kind === 'link';
  const ends = isLink ? `"directed":${String(record.directed)},"from":"${record.from}",` : '';
  const to = isLink ? `"to":"${record.to}",` : '';
  const replaced = supersedes.length === 0 ? '[]' : JSON.stringify(supersedes);
  return {
    text:
      `{"author":"${author}","claims":[${claims}],"commitment":"${commitment}","created":"${created}",${ends}` +
      `"handling":${handlingText(handling)},"kind":"${kind}","source":${source},"subject":"${subject}",` +
      `"supersedes":${replaced},${to}"type":"${type}","v":${v}}`,
    salts,
  };
}

function claimText(claim: Claim | WithheldClaim): string | undefined {
  if (!isDisclosed(claim)) return `{"withheld":"${claim.withheld}"}`;
  const { property, salt, validFrom, validTo, value } = claim;
  if (typeof value !== 'string' || validFrom !== undefined || validTo !== undefined || ESCAPED.test(value))
    return undefined;
  return salt === undefined
    ? `{"property":"${property}","value":"${value}"}`
    : `{"property":"${property}","salt":"","value":"${value}"}`;
}

function handlingText(handling: Handling): string {
  const { caveat, codes, legalBases, purposes, reviewOn, tlp } = handling;
  const isBare =
    codes.length + legalBases.length + purposes.length === 0 && caveat === undefined && reviewOn === undefined;
  return isBare ? `{"codes":[],"legalBases":[],"purposes":[],"tlp":"${tlp}"}` : canonicalText(handling);
}

function sourceText({ basis, collectedOn, grade, reference }: Source): string | undefined {
  if (collectedOn !== undefined || ESCAPED.test(reference)) return undefined;
  const graded =
    grade === undefined
      ? ''
      : `"grade":{"information":"${grade.information}","scheme":"${grade.scheme}","source":"${grade.source}"},`;
  return `{"basis":"${basis}",${graded}"reference":"${reference}"}`;
}
