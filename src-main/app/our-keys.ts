import { parseCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { failure } from '../../src-shared/errors.ts';
import type { OpenSession } from './session.ts';

/** The public card of this agency, as its vault keeps it. */
export function ourCard({ vault }: Pick<OpenSession, 'vault'>): PartnerCard {
  return parseCard(vault.card);
}

/** The agency's secrets, open only in a session of an exchange officer (docs/formats/vault.md, V14). Throws `vault.needs-officer`. */
export function ourSecrets({ vault }: Pick<OpenSession, 'vault'>): { readonly sign: Sign; readonly identity: string } {
  const { signing } = vault;
  if (signing === undefined) throw failure('vault.needs-officer', {});
  const { secretKey } = signingKeys(signing.seed);
  return { sign: (label, body) => sign(label, body, secretKey), identity: signing.identity };
}
