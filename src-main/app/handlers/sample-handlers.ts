import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attest } from '../../../src-shared/records/attestation.ts';
import { sign, signingKeys } from '../../../src-shared/crypto/signature.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { addAttestation, placeRecords } from '../../store/attestations.ts';
import { newBatch } from '../../store/batches.ts';
import { savePartner } from '../../store/partners.ts';
import { putRecords } from '../../store/records.ts';
import { createVault } from '../../vault/create-vault.ts';
import { LEAST_KDF } from '../../vault/kdf.ts';
import type { OpenVault } from '../../vault/open-vault.ts';
import type { AppContext } from '../context.ts';
import { newAgency } from '../new-agency.ts';
import { newSubject } from '../new-subject.ts';
import { lanternRecords, sealSample } from '../sample/lantern.ts';
import { OPERATION_LANTERN } from '../sample/operation-lantern.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** Name of the throw-away vault; no vault of a person can be called so in the home folder at the same time, because it is not there. */
export const SAMPLE_VAULT = 'sample';

/** A vault for the invented case, in a temporary folder, with a passphrase that nobody knows: it is gone when it locks. */
export async function makeSampleVault(context: AppContext): Promise<{ opened: OpenVault; remove: () => void }> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const { randomBytes } = context;
    const [ours] = OPERATION_LANTERN.agencies;
    const agency = { name: ours.name, country: ours.country, sample: true };
    const { secrets, card } = await newAgency(agency, randomBytes);
    const { opened } = await createVault(join(folder, SAMPLE_VAULT), {
      agency: { id: card.agencyId, ...agency, card: card.bytes },
      secrets,
      user: 'Sample officer',
      passphrase: Buffer.from(randomBytes(24)).toString('base64'),
      kdf: LEAST_KDF,
      randomBytes,
      now: () => context.now(),
    });
    return { opened, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const FOLDER = 'chirograph-sample-';

/** Folders of processes that were killed before they could tidy up. Nobody has their passphrases; they only take room. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Operation Lantern as both of its agencies tell it: ours, and the partner's as if it had come in a bundle and been accepted. */
export async function fillSample(session: OpenSession): Promise<void> {
  const { context, us, user } = session;
  const [, theirs] = OPERATION_LANTERN.agencies;
  const partner = await newAgency({ name: theirs.name, country: theirs.country, sample: true }, context.randomBytes);
  const subjects = new Map<string, SubjectId>();
  const subjectOf = (key: string): SubjectId => {
    const subject = subjects.get(key) ?? newSubject(context.now(), context.randomBytes);
    subjects.set(key, subject);
    return subject;
  };
  const ourRecords = sealSample(lanternRecords(0, { subjectOf }), us, context.randomBytes);
  const theirRecords = sealSample(lanternRecords(1, { subjectOf }), partner.card.agencyId, context.randomBytes);
  const { secretKey } = signingKeys(partner.secrets.seed);
  const { signed, leaves } = attest(
    theirRecords.map(({ id }) => id),
    partner.card.agencyId,
    partner.card.kid,
    (label, body) => sign(label, body, secretKey),
  );
  const at = context.now().toISOString();
  change(session, 'sample.open', { records: ourRecords.length + theirRecords.length }, (tx) => {
    const confirmed = { by: user, with: 'nobody: this is the sample case', channel: 'none', at };
    savePartner(tx, {
      agency: partner.card.agencyId,
      name: theirs.name,
      country: theirs.country,
      kind: 'police',
      isSample: true,
      card: partner.card.bytes,
      state: 'confirmed',
      addedAt: at,
      confirmed,
    });
    putRecords(tx, newBatch(tx, { kind: 'sample', at, actor: user }), [...ourRecords, ...theirRecords]);
    placeRecords(
      tx,
      addAttestation(tx, signed, leaves),
      leaves.map((id, leaf) => ({ id, leaf })),
    );
  });
}
