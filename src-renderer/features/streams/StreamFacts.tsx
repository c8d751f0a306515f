import type { PartnerStreams } from '../../../src-shared/contract/streams.ts';
import { countOf, formatInstant, listOf } from '../../strings/format.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { LogCheckpoint } from './LogCheckpoint.tsx';
import { gapWords } from './alarm-words.ts';

interface Props {
  readonly partner: PartnerStreams;
}

/** The last numbers, gaps and receipts of both directions. */
export function StreamFacts({ partner: { name, incoming, outgoing } }: Props) {
  const { last, gaps, behind, log } = incoming;
  const open = outgoing.unanswered.slice(0, 12).map(({ sequence }) => String(sequence));
  const more = outgoing.unansweredCount - open.length;
  return (
    <div className="stream-ways">
      <section>
        <SectionHead title="From them to us" level={3} />
        <dl className="facts">
          <dt>Last</dt>
          <dd>{last === undefined ? 'Nothing came yet' : `Number ${placeWords(last)}, ${formatInstant(last.at)}`}</dd>
          <dt>Missing</dt>
          <dd>
            {gaps.length === 0 && behind === undefined && 'Nothing that we know of'}
            {gaps.map((gap) => (
              <div key={gap.epoch}>
                {gapWords(gap)}
                {gap.epoch !== last?.epoch && ` of epoch ${gap.epoch}`}, since {formatInstant(gap.since)}
              </div>
            ))}
            {behind !== undefined && (
              <div>
                {behind.from === behind.sequence ? behind.from : `${behind.from} to ${behind.sequence}`}: their receipt
                of {formatInstant(behind.since)} says that they sealed up to {behind.sequence}
              </div>
            )}
          </dd>
          <dt>Their audit log</dt>
          <dd>{log === undefined ? 'No receipt told of it yet' : <LogCheckpoint name={name} log={log} />}</dd>
        </dl>
      </section>
      <section>
        <SectionHead title="From us to them" level={3} />
        <dl className="facts">
          <dt>Last</dt>
          <dd>
            {outgoing.last === undefined
              ? 'Nothing went yet'
              : `Number ${placeWords(outgoing.last)}, ${formatInstant(outgoing.last.at)}`}
          </dd>
          <dt>They have</dt>
          <dd>
            {outgoing.acknowledged === undefined
              ? 'Nothing confirmed'
              : `Up to number ${placeWords(outgoing.acknowledged)}`}
          </dd>
          <dt>Last receipt</dt>
          <dd>{outgoing.lastReceiptAt === undefined ? 'None' : formatInstant(outgoing.lastReceiptAt)}</dd>
          <dt>Without a receipt</dt>
          <dd>
            {open.length === 0
              ? 'None'
              : `${countOf(outgoing.unansweredCount, 'file')}: ${listOf(open)}${more > 0 ? ` and ${more} more` : ''}`}
          </dd>
        </dl>
      </section>
    </div>
  );
}

/** The first epoch goes without saying. */
function placeWords({ epoch, sequence }: { readonly epoch: number; readonly sequence: number }): string {
  return epoch === 1 ? String(sequence) : `${sequence} of epoch ${epoch}`;
}
