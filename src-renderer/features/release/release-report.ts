import { identifies } from '../../../src-shared/catalogue/kinds.ts';
import type { ReleasePreview, ReleaseSubject } from '../../../src-shared/contract/views.ts';

/** One thing that stays home: a whole record, or one value of it. */
export interface WithheldItem {
  readonly id: string;
  readonly subject: string;
  /** The property and its value; absent for a whole record. */
  readonly claim?: { readonly label: string; readonly display: string };
}

export interface WithheldGroup {
  readonly rule: string;
  readonly items: readonly WithheldItem[];
}

/** Everything that stays home, by the rule that keeps it, the rule with the most items first. */
export function withheldByRule(preview: ReleasePreview): readonly WithheldGroup[] {
  const groups = Map.groupBy(inReadingOrder(preview.subjects).flatMap(withheldOf), (found) => found.rule);
  return [...groups]
    .map(([rule, found]) => ({ rule, items: found.map(({ item }) => item) }))
    .toSorted((one, other) => other.items.length - one.items.length || (one.rule < other.rule ? -1 : 1));
}

/** Protected people in the release, and how many of them the recipient would learn an identifying detail of. */
export function protectedTally(preview: ReleasePreview): { readonly people: number; readonly identified: number } {
  const people = preview.subjects.filter((subject) => subject.isProtected && subject.kind === 'entity');
  return { people: people.length, identified: people.filter(isIdentified).length };
}

function isIdentified(subject: ReleaseSubject): boolean {
  return subject.records
    .filter((record) => record.verdict.action === 'release')
    .flatMap((record) => record.claims)
    .some((claim) => claim.verdict.action === 'release' && identifies(subject.type, claim.property));
}

const SUBJECT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const REFERRING: Readonly<Record<string, string>> = { member: 'Member', position: 'Position' };

/** The preview with the members of a case and the places of a drawing by name, the one the partner will see, instead of by subject id. */
export function withNames(preview: ReleasePreview): ReleasePreview {
  const names = new Map<string, string>(preview.subjects.map((subject) => [subject.subject, nameThere(subject)]));
  const nameIn = (text: string) => text.replaceAll(SUBJECT_ID, (id) => names.get(id) ?? id);
  return {
    ...preview,
    subjects: preview.subjects.map((subject) => ({
      ...subject,
      records: subject.records.map((record) => ({
        ...record,
        claims: record.claims.map((claim) => {
          const label = REFERRING[claim.property];
          return label === undefined ? claim : { ...claim, label, display: nameIn(claim.display) };
        }),
      })),
    })),
  };
}

const ORDER: readonly ReleaseSubject['kind'][] = [
  'case',
  'retraction',
  'permission',
  'entity',
  'link',
  'identity',
  'attachment',
  'chart',
];

/** The case first, then people and things with the protected ones in front, then what joins them. */
export function inReadingOrder(subjects: readonly ReleaseSubject[]): readonly ReleaseSubject[] {
  return subjects.toSorted(
    (one, other) =>
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) ||
      Number(other.isProtected) - Number(one.isProtected) ||
      one.type.localeCompare(other.type, 'en') ||
      one.label.localeCompare(other.label, 'en', { numeric: true }),
  );
}

/** What leaves is called as the partner will see it, what stays as we do. */
function nameThere(subject: ReleaseSubject): string {
  return isLeaving(subject) ? subject.recipientLabel : subject.label;
}

/** True when at least one record of the subject leaves. */
export function isLeaving(subject: ReleaseSubject): boolean {
  return subject.records.some((record) => record.verdict.action === 'release');
}

/** How many values and whole records of a subject stay home. */
export function withheldCount(subject: ReleaseSubject): number {
  return withheldOf(subject).length;
}

interface Found {
  readonly rule: string;
  readonly item: WithheldItem;
}

function withheldOf(subject: ReleaseSubject): readonly Found[] {
  return subject.records.flatMap((record): readonly Found[] => {
    const { verdict, claims } = record;
    if (verdict.action === 'withhold') {
      return [{ rule: verdict.rule, item: { id: record.record, subject: subject.label } }];
    }
    return claims.flatMap((claim, at): readonly Found[] => {
      if (claim.verdict.action === 'release') return [];
      const { label, display } = claim;
      const item = { id: `${record.record} ${at}`, subject: subject.label, claim: { label, display } };
      return [{ rule: claim.verdict.rule, item }];
    });
  });
}
