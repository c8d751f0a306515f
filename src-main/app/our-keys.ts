import { parseCard, parseKeptCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { failure } from '../../src-shared/errors.ts';
import { latestKeyCard } from '../store/own-keys.ts';
import { signingOf } from '../vault/succession.ts';
import type { OpenSession } from './session.ts';

/** The public card of this agency as it is now (docs/formats/vault.md V142). */
export function ourCard({ vault }: Pick<OpenSession, 'vault'>): PartnerCard {
  const latest = latestKeyCard(vault.store);
  return latest === undefined ? parseCard(vault.card) : parseKeptCard(latest.card);
}

/** How long a sealing key that was replaced still opens what was sealed to it (V140). */
const EARLIER_OPENS_DAYS = 365;
const DAY = 24 * 60 * 60 * 1000;

/** Until when an earlier sealing key opens files. */
export function opensUntil(retired: string): Date {
  return new Date(Date.parse(retired) + EARLIER_OPENS_DAYS * DAY);
}

export type OurSecrets = {
  readonly sign: Sign;
  /** The current sealing identity. */
  readonly identity: string;
  /** It and those of earlier cards that still open files. */
  readonly identities: readonly string[];
};

/** The agency's secrets, open only in a session of an exchange officer (docs/formats/vault.md, V14). Throws `vault.needs-officer`. */
export function ourSecrets({ vault, context }: Pick<OpenSession, 'vault' | 'context'>): OurSecrets {
  const signing = signingOf(vault);
  if (signing === undefined) throw failure('vault.needs-officer', {});
  const { secretKey } = signingKeys(signing.seed);
  signing.seed.fill(0);
  const now = context.now();
  const earlier = signing.earlier.filter(({ retired }) => opensUntil(retired) > now);
  return {
    sign: (label, body) => sign(label, body, secretKey),
    identity: signing.identity,
    identities: [signing.identity, ...earlier.map(({ identity }) => identity)],
  };
}
