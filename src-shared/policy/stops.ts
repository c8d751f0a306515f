import { isGateway } from '../catalogue/lists/legal-bases.ts';
import { portableHash } from '../crypto/hash.ts';
import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { AgencyId } from '../domain/ids.ts';
import type { WithheldFinder } from './find-withheld.ts';
import { opensGateway } from './gateways.ts';
import { purposesInWords } from './judge-outlet.ts';
import type { RecordVerdict, ReleaseQuestion, Stop } from './release-types.ts';
import type { PolicyRule } from './rules.ts';

/** All stops of a release, those that nothing can answer first. With pauses. */
export function* releaseStops(
  question: ReleaseQuestion,
  verdicts: readonly RecordVerdict[],
  classes: readonly string[],
  finder: WithheldFinder,
): Generator<Step, readonly Stop[], undefined> {
  const { recipients, legalBases, ourCountry } = question;
  const gateways = legalBases.filter(isGateway);
  const stops: Stop[] = [];
  const refuse = (rule: PolicyRule, agency?: AgencyId) =>
    stops.push({
      rule,
      key: agency === undefined ? rule : `${rule} ${agency}`,
      isAnswerable: false,
      ...(agency !== undefined && { agency }),
    });
  if (gateways.length === 0) refuse('P1');
  for (const to of recipients) {
    if (!to.isConfirmed) refuse('P10', to.agency);
    if (gateways.length > 0 && !gateways.some((code) => opensGateway(code, ourCountry, to))) refuse('P17', to.agency);
  }
  if (finder.findInFreeText(question.purpose)) refuse('P14');
  if (!verdicts.some(({ verdict }) => verdict.action === 'release')) refuse('P15');
  if (question.approvalsMissing > 0)
    stops.push({ rule: 'P30', key: 'P30', isAnswerable: false, count: question.approvalsMissing });
  return [...stops, ...(yield* wordStops(question, verdicts)), ...firstTimes(question, classes)];
}

/** P18, P19: one for all records that are limited by the same words. */
function* wordStops(question: ReleaseQuestion, verdicts: readonly RecordVerdict[]): Generator<Step, Stop[], undefined> {
  const found = new Map<string, { rule: PolicyRule; about: string; words: string; count: number }>();
  const add = (rule: PolicyRule, about: string, words: string): void => {
    const at = `${rule} ${about} ${words}`;
    const before = found.get(at);
    found.set(at, { rule, about, words, count: (before?.count ?? 0) + 1 });
  };
  yield* eachInSteps('policy', verdicts, ({ record, verdict }) => {
    if (verdict.action === 'withhold') return;
    const { codes, caveat, purposes } = record.handling;
    for (const code of codes) if ((code === 'H3' || code === 'C') && caveat !== undefined) add('P19', code, caveat);
    if (purposes.length > 0) for (const each of purposesInWords(record, question)) add('P18', '', each);
  });
  return [...found.values()].map(({ rule, about, words, count }) => {
    const key = [rule, about, portableHash(words).slice(0, 16)].filter((part) => part !== '').join(' ');
    return { rule, key, isAnswerable: true, words, count };
  });
}

function firstTimes({ recipients }: ReleaseQuestion, classes: readonly string[]): Stop[] {
  return recipients.flatMap(({ agency, sentBefore }) =>
    classes
      .filter((each) => !sentBefore.has(each))
      .map((each) => ({
        rule: 'P20' as const,
        key: `P20 ${agency} ${each}`,
        isAnswerable: true,
        agency,
        class: each,
      })),
  );
}
