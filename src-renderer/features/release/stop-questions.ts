import type { z } from 'zod';
import { entityKind } from '../../../src-shared/catalogue/kinds.ts';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { countOf, listOf } from '../../strings/format.ts';
import type { Stop } from './release-request.ts';

type Partners = readonly z.infer<typeof PartnerView>[];

/** One thing that the officer says yes to, and the stops that it answers. */
export interface StopQuestion {
  readonly keys: readonly string[];
  readonly rule: string;
  readonly sentence: string;
  /** Words of the records that it is about. */
  readonly quote?: string;
}

/** What there is to answer: one question for each caveat and purpose in words, and one for each partner and what it never got before. */
export function questionsOf(stops: readonly Stop[], partners: Partners): readonly StopQuestion[] {
  const answerable = stops.filter((stop) => stop.answerable);
  const firstTimes = Map.groupBy(
    answerable.filter(({ rule }) => rule === 'P20'),
    ({ agency }) => agency ?? '',
  );
  return [
    ...answerable.filter(({ rule }) => rule !== 'P20').map(wordsQuestion),
    ...[...firstTimes].map(([agency, list]) => ({
      keys: list.map(({ key }) => key),
      rule: 'P20',
      sentence: `${nameOf(partners, agency)} gets for the first time: ${listOf(list.map((stop) => classWords(stop.class ?? '')))}. It may have that.`,
    })),
  ];
}

export function nameOf(partners: Partners, agency: string): string {
  return partners.find((partner) => partner.agency === agency)?.name ?? agency.slice(0, 8);
}

function wordsQuestion({ key, rule, words, count }: Stop): StopQuestion {
  const records = countOf(count ?? 0, 'record has', 'records have');
  const sentence =
    rule === 'P18'
      ? `${countOf(count ?? 0, 'record is', 'records are')} limited to this purpose, and this release is for it:`
      : `${records} this caveat, and it is kept:`;
  return { keys: [key], rule, sentence, ...(words !== undefined && { quote: words }) };
}

const CLASSES: Readonly<Record<string, string>> = {
  'protected:victims': 'who a victim is',
  'protected:witnesses': 'who a witness is',
  'protected:informants': 'who an informant is',
  'third-party': 'what another agency said',
  'assessment': 'an assessment that is no fact',
  'special-category': 'what may tell of sex life, origin or looks',
  'evidence': 'an evidence file',
};

function classWords(name: string): string {
  const type = /^entity:(.+)$/.exec(name)?.[1];
  return type === undefined ? (CLASSES[name] ?? name) : entityKind(type).plural.toLowerCase();
}
