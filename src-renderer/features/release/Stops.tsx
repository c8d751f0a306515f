import { Checkbox } from '@mantine/core';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { ruleText } from '../../strings/rules.ts';
import { Notice } from '../../ui/Notice.tsx';
import { nameOf, questionsOf } from './stop-questions.ts';
import type { Stop } from './release-request.ts';

interface Props {
  readonly stops: readonly Stop[];
  /** How many there are, listed or not. */
  readonly total: number;
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly answers: readonly string[];
  readonly onAnswer: (answers: readonly string[]) => void;
}

/** Reasons for which nothing may leave as asked, and what the officer has to answer for before it may. */
export function Stops({ stops, total, partners, answers, onAnswer }: Props) {
  const refusing = stops.filter(({ answerable }) => !answerable);
  const questions = questionsOf(stops, partners);
  const given = new Set(answers);
  const toggle = (keys: readonly string[], isOn: boolean) =>
    onAnswer(isOn ? [...answers, ...keys] : answers.filter((key) => !keys.includes(key)));
  return (
    <>
      {refusing.length > 0 && (
        <Notice tone="crit" title="Nothing can be released like this.">
          <ul className="release-stops">
            {refusing.map((stop) => (
              <li key={stop.key}>
                {ruleText(stop.rule)} {stop.agency !== undefined && <bdi>({nameOf(partners, stop.agency)})</bdi>}
                {stop.count !== undefined && ` Missing: ${stop.count}.`} <small dir="ltr">{stop.rule}</small>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {total > stops.length && (
        <Notice tone="crit" title="Too much has to be answered at once.">
          {total} questions stand between this and the partner, and {stops.length} can be answered. Release a part of
          the case, or to fewer partners at once.
        </Notice>
      )}
      {questions.length > 0 && (
        <Notice tone="warn" title="Before you seal, say yes to each of these.">
          <fieldset className="release-questions" aria-label="To answer before sealing">
            {questions.map(({ keys, rule, sentence, quote }) => (
              <Checkbox
                key={keys.join(' ')}
                className="choice"
                checked={keys.every((key) => given.has(key))}
                onChange={(event) => toggle(keys, event.currentTarget.checked)}
                label={
                  <>
                    {sentence}
                    {quote !== undefined && (
                      <>
                        {' '}
                        “<bdi>{quote}</bdi>”
                      </>
                    )}{' '}
                    <small dir="ltr">{rule}</small>
                  </>
                }
              />
            ))}
          </fieldset>
        </Notice>
      )}
    </>
  );
}
