import { z } from 'zod';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { toHex } from '../../../src-shared/crypto/hash.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PartnerStreams } from '../../../src-shared/contract/streams.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { streamReport } from '../../exchange/stream-report.ts';
import type { Alarm, StreamReport } from '../../exchange/stream-report.ts';
import type { ReadDb } from '../../store/connection.ts';
import { ourEpoch } from '../../store/epoch.ts';
import { receipts } from '../../store/ledger.ts';
import { partners } from '../../store/partners.ts';
import { saveSetting, setting } from '../../store/settings.ts';
import { evidence, statements } from '../../store/statements.ts';
import { manifests } from '../../store/streams.ts';
import type { PartnerRow } from '../../store/types.ts';
import { fileNameFor } from '../file-names.ts';
import { knownBundles } from '../receive/place.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { requirePartner } from './partner-handlers.ts';

const LISTED = 100;

/** Where the streams of partners stand, both ways, and what in them cannot be (docs/formats/bundle.md §11). */
export function listStreams(session: OpenSession, { agency }: Parsed<'stream.list'>): Output<'stream.list'> {
  const listed = agency === undefined ? partners(session.store) : [requirePartner(session, agency)];
  const noted = notedAlarms(session.store);
  return { partners: listed.map((row) => streamsOf(session, row, noted)) };
}

/**
 * Manifests of a partner as they came, with their signatures and its card: what proves a fork to anybody (Q4). Throws `store.not-found` for one
 * that is not kept.
 */
export function exportEvidence(session: OpenSession, input: Parsed<'stream.evidence'>): Output<'stream.evidence'> {
  const partner = requirePartner(session, input.agency);
  const theirs = new Set(statements(session.store, input.agency).map(({ manifest }) => manifest));
  const kept = evidence(
    session.store,
    input.manifests.filter((manifest) => theirs.has(manifest)),
  );
  if (kept.length !== new Set(input.manifests).size) throw failure('store.not-found', { what: 'statement' });
  const proof = {
    v: 1,
    kind: 'evidence',
    card: base64url(partner.card),
    statements: kept
      .toSorted((one, other) => input.manifests.indexOf(one.manifest) - input.manifests.indexOf(other.manifest))
      .map(({ bytes, signature }) => ({ manifest: base64url(bytes), signature: toHex(signature) })),
  };
  return { fileName: fileNameFor(partner.name, 'evidence.json'), bytes: canonicalBytes(proof) };
}

/** Notes every alarm of a partner that stands now. It stays in the list, and a new one calls again. */
export function noteAlarms(session: OpenSession, input: Parsed<'stream.note'>): Output<'stream.note'> {
  const { alarms } = reportOf(session, requirePartner(session, input.agency));
  const noted = notedAlarms(session.store);
  const fresh = alarms.map((alarm) => keyOf(input.agency, alarm)).filter((key) => !noted.has(key));
  if (fresh.length === 0) return { noted: 0 };
  change(session, 'stream.note', { agency: input.agency, alarms: fresh.length, note: input.note }, (tx) =>
    saveSetting(tx, NOTED, [...noted, ...fresh]),
  );
  return { noted: fresh.length };
}

const NOTED = 'streams.noted';

function notedAlarms(db: ReadDb): ReadonlySet<string> {
  return new Set(z.array(z.string()).catch([]).parse(setting(db, NOTED)));
}

function keyOf(agency: AgencyId, { kind, manifests: proof }: Alarm): string {
  return [agency, kind, ...proof].join(' ');
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function streamsOf(session: OpenSession, partner: PartnerRow, noted: ReadonlySet<string>): PartnerStreams {
  const { incoming, outgoing, alarms, heardAt, silentDays } = reportOf(session, partner);
  return {
    agency: partner.agency,
    name: partner.name,
    incoming: { ...incoming, gaps: incoming.gaps.map((gap) => ({ ...gap, numbers: [...gap.numbers] })) },
    outgoing: {
      ...outgoing,
      unanswered: outgoing.unanswered.slice(0, LISTED).map((row) => ({ ...row })),
      unansweredCount: outgoing.unanswered.length,
    },
    alarms: alarms.map(({ entries, ...alarm }) => ({
      ...alarm,
      manifests: [...alarm.manifests],
      ...(entries !== undefined && { entries: [...entries] }),
      isNoted: noted.has(keyOf(partner.agency, alarm)),
    })),
    ...(heardAt !== undefined && { heardAt }),
    ...(silentDays !== undefined && { silentDays }),
  };
}

function reportOf({ store, context }: OpenSession, { agency }: PartnerRow): StreamReport {
  const said = statements(store, agency);
  const came = manifests(store, { direction: 'in', agency });
  const heardAt = came
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  return streamReport({
    received: knownBundles(store, agency, said),
    statements: said,
    unknownReceipts: came.filter(({ verdict }) => verdict === 'unknown-receipt'),
    sent: manifests(store, { direction: 'out', agency }),
    answered: new Map(receipts(store, agency).map(({ manifest, at }) => [manifest, at])),
    ourEpoch: ourEpoch(store),
    now: context.now(),
    ...(heardAt !== undefined && { heardAt }),
  });
}
