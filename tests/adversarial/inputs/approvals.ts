import { approvalBytes, contentHash } from '../../../src-shared/bundle/approval.ts';
import { toHex } from '../../../src-shared/crypto/hash.ts';
import type { SignatureLabel } from '../../../src-shared/crypto/signature.ts';
import { eastmark, people, southmark } from '../../support/bundle-samples.ts';
import type { TestKey } from '../../support/key-changes.ts';
import { batch, body, bundle, said, stored, truthOf } from '../craft.ts';
import { ringmark } from '../people.ts';
import type { HostileInput } from '../input.ts';

/** A partner whose keys have changed and whose releases two people sign: K16–K18, K22, B22–B24. */

const { ada, ben, current, oldest, revoked } = ringmark.keys;
const records = people(3, ringmark.by(current));
const released = {
  audience: [southmark.id],
  content: contentHash(records),
  issuer: ringmark.id,
  legalBases: said.legalBases,
  purpose: said.purpose,
};

function approval(key: TestKey, change: object = {}, label: SignatureLabel = 'chirograph/approval/v1') {
  return { kid: key.kid, signature: toHex(key.sign(label, approvalBytes({ ...released, ...change }))) };
}

type Said = { readonly approvals?: readonly object[]; readonly signer?: TestKey; readonly author?: TestKey };

/** A bundle of Ringmark: who signed the manifest, who attested the records, and who approved. */
function sent(
  { approvals = [approval(ada)], signer = current, author = current }: Said,
  change: object = {},
): Uint8Array {
  const contents = body([batch(ringmark.by(author), records)]);
  const manifest = {
    ...truthOf(1, records),
    approvals,
    body: stored(contents),
    issuer: ringmark.id,
    kid: signer.kid,
    ...change,
  };
  return bundle(manifest, contents, signer.sign);
}

const both = [approval(ada), approval(ben)].toSorted((one, other) => (one.kid < other.kid ? -1 : 1));

const APPROVALS: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'one', [], sent({})],
  ['none', 'two', [], sent({ approvals: both })],
  ['none', 'attested-by-oldest', [], sent({ author: oldest })],
  ['none', 'attested-by-revoked-given-out-as-refused', [24], sent({ author: revoked })],
  ['bundle.too-few-approvals', 'none', [39], sent({ approvals: [] })],
  ['bundle.malformed B6', 'one-twice', [22, 39], sent({ approvals: [approval(ada), approval(ada)] })],
  ['bundle.malformed B6', 'order', [22], sent({ approvals: both.toReversed() })],
  ['bundle.bad-approval', 'one-under-another-kid', [22], sent({ approvals: [{ ...approval(ada), kid: ben.kid }] })],
  [
    'bundle.bad-approval',
    'one-good-one-bad',
    [39],
    sent({
      approvals: both.map((one) =>
        one.kid === ada.kid ? { ...one, kid: ada.kid, signature: approval(ben).signature } : one,
      ),
    }),
  ],
  ['bundle.bad-approval', 'by-signing-key', [39], sent({ approvals: [approval(current)] })],
  ['bundle.bad-approval', 'by-revoked-key', [24, 39], sent({ approvals: [approval(revoked)] })],
  [
    'bundle.bad-approval',
    'of-another-purpose',
    [39],
    sent({ approvals: [approval(ada, { purpose: 'something else' })] }),
  ],
  ['bundle.bad-approval', 'of-another-basis', [39], sent({ approvals: [approval(ada, { legalBases: [] })] })],
  [
    'bundle.bad-approval',
    'of-another-audience',
    [17, 39],
    sent({ approvals: [approval(ada, { audience: [eastmark.id] })] }),
  ],
  [
    'bundle.bad-approval',
    'of-other-records',
    [16, 39],
    sent({ approvals: [approval(ada, { content: contentHash(records.slice(1)) })] }),
  ],
  ['bundle.bad-approval', 'of-another-issuer', [18, 39], sent({ approvals: [approval(ada, { issuer: eastmark.id })] })],
  [
    'bundle.bad-approval',
    'with-another-label',
    [18, 39],
    sent({ approvals: [approval(ada, {}, 'chirograph/attestation/v1')] }),
  ],
  ['bundle.bad-signature', 'manifest-by-oldest', [24], sent({ signer: oldest })],
  ['bundle.bad-signature', 'manifest-by-revoked', [24], sent({ signer: revoked })],
  ['bundle.bad-signature', 'manifest-by-officer', [18], sent({ signer: ada })],
  ['bundle.unproven-record A4', 'attested-by-officer', [18], sent({ author: ada })],
];

export const approvals: readonly HostileInput[] = APPROVALS.map(([refusal, name, rows, bytes]) => ({
  door: 'inner',
  name: `approval-${name}`,
  rows,
  refusal,
  bytes,
}));
