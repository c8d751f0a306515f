import { Encrypter, identityToRecipient } from 'age-encryption';
import type { Output } from '../../src-shared/contract/methods.ts';
import { failure } from '../../src-shared/errors.ts';
import { isDamage } from '../store/prove.ts';
import { readHead } from '../store/head-row.ts';
import { salvageLines } from '../store/salvage.ts';
import type { SalvageReport } from '../store/salvage.ts';
import type { Store } from '../store/store.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import { identitiesOf } from '../vault/signing-secrets.ts';
import { signingOf } from '../vault/succession.ts';
import { salvageMac } from '../vault/salvage-mac.ts';
import type { AppContext } from './context.ts';

/** The salvage file that is being handed out, one at a time; docs/formats/salvage.md §2. */
export interface Salvages {
  /** Ends one that was left half read. Throws `vault.needs-officer`. */
  begin(at: string): Promise<string>;
  /** Throws `salvage.no-transfer`, `salvage.disturbed`. */
  part(id: string): Promise<Output<'store.salvage-part'>>;
  end(): void;
}

const PLAIN_A_PULL = 256 * 1024;
const SEALED_A_PART = 4 * 1024 * 1024;

type Current = {
  readonly id: string;
  readonly sealed: ReadableStreamDefaultReader<Uint8Array>;
  readonly sequence: number | undefined;
  readonly told: { lines: number; report?: SalvageReport };
};

export function createSalvages(vault: OpenVault, { randomBytes }: Pick<AppContext, 'randomBytes'>): Salvages {
  let current: Current | undefined;

  function end(): void {
    current?.sealed.cancel().catch(ignored);
    current = undefined;
  }

  return {
    async begin(at) {
      end();
      const { agency, store, user } = vault;
      const signing = signingOf(vault);
      if (signing === undefined) throw failure('vault.needs-officer', {});
      const { id, name, country } = agency;
      const header = { vault: vault.vault, agency: { id, name, country }, at, by: user };
      const told: Current['told'] = { lines: 0 };
      const lines = salvageLines(store, header, (digest) => salvageMac(vault, digest));
      const encrypter = new Encrypter();
      // whichever version of our keys a slot holds (vault.md V141)
      for (const identity of identitiesOf(signing)) encrypter.addRecipient(await identityToRecipient(identity));
      const sealed = (await encrypter.encrypt(plainStream(lines, told))).getReader();
      const salvage = Buffer.from(randomBytes(16)).toString('hex');
      current = { id: salvage, sealed, sequence: sequenceOf(store), told };
      return salvage;
    },
    async part(id) {
      if (current?.id !== id) throw failure('salvage.no-transfer', {});
      const { sealed, sequence, told } = current;
      try {
        if (sequenceOf(vault.store) !== sequence) throw failure('salvage.disturbed', {});
        const pieces: Uint8Array[] = [];
        let size = 0;
        while (size < SEALED_A_PART) {
          const { value, done } = await sealed.read();
          if (done) {
            current = undefined;
            return { bytes: joined(pieces), lines: told.lines, isLast: true, ...reported(told.report) };
          }
          pieces.push(value);
          size += value.length;
        }
        return { bytes: joined(pieces), lines: told.lines, isLast: false };
      } catch (error) {
        end();
        throw error;
      }
    },
    end,
  };
}

/** Lines as they are asked for, so that a store of any size passes through little memory. */
function plainStream(
  lines: Generator<string, SalvageReport>,
  told: { lines: number; report?: SalvageReport },
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const taken: string[] = [];
      for (let size = 0; size < PLAIN_A_PULL;) {
        const { value, done } = lines.next();
        if (done === true) {
          told.report = value;
          if (taken.length > 0) controller.enqueue(Buffer.from(taken.join('')));
          controller.close();
          return;
        }
        taken.push(value);
        told.lines += 1;
        size += value.length;
      }
      controller.enqueue(Buffer.from(taken.join('')));
    },
  });
}

/** Undefined where the head itself cannot be read. */
function sequenceOf(store: Store): number | undefined {
  try {
    return readHead(store).sequence;
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

function reported(report: SalvageReport | undefined): Pick<Output<'store.salvage-part'>, 'report'> {
  if (report === undefined) return {};
  const { records, rows, entries, lost, lostRecords } = report;
  return { report: { records, rows, entries, lost: lost.map((each) => ({ ...each })), lostRecords: [...lostRecords] } };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

function ignored(): void {}
