import { fileURLToPath, pathToFileURL } from 'node:url';
import { northmark, southmark } from '../support/bundle-samples.ts';
import { ringmark } from './people.ts';

/** tools/verify/verify.mjs, which shares no code with the product. */

type Proven = { readonly id: string; readonly proven: string; readonly withheld: readonly string[] };
type Verifier = {
  readonly Broken: new (...args: never) => Error & { readonly code: string };
  readonly readCard: (bytes: Buffer) => unknown;
  readonly verifyBundle: (inner: Buffer, cards: readonly Buffer[]) => { readonly records: readonly Proven[] };
};

export const verifierPath = fileURLToPath(new URL('../../tools/verify/verify.mjs', import.meta.url));
const verifier = (await import(pathToFileURL(verifierPath).href)) as Verifier;
const trusted = [northmark.card, southmark.card, ringmark.card].map(({ bytes }) => Buffer.from(bytes));

/** What it proves; the code and the rule that it says are broken; or what it threw that is no refusal. */
export type Verdict =
  | { readonly proven: readonly Proven[] }
  | { readonly code: string; readonly rule: string }
  | { readonly bug: string };

export function independentBundle(inner: Uint8Array): Verdict {
  return verdictOf(() => verifier.verifyBundle(Buffer.from(inner), trusted).records);
}

export function independentCard(bytes: Uint8Array): Verdict {
  return verdictOf(() => {
    verifier.readCard(Buffer.from(bytes));
    return [];
  });
}

function verdictOf(act: () => readonly Proven[]): Verdict {
  try {
    return { proven: act() };
  } catch (error) {
    if (error instanceof verifier.Broken) return { code: error.code, rule: error.message };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** What the verifier says of itself that it does not look at: who a bundle is for, when it is read, what its reader requires, and what hashes cover. */
const NOT_ITS_BUSINESS =
  /^(bundle\.(not-for-us|expired|too-few-approvals)|record\.newer-version|record\.malformed R([2-7]|1[7-9]|2[01])|card\.malformed K8)$/;

/** The checksum of a recipient in a later key set: what is signed over it does not verify either. */
const MAY_BE_A_CHECKSUM = 'card.malformed K12';

/** It is told whom to trust: who is not confirmed, or not any more, is nobody whom it knows. */
const STRANGER = /^bundle\.(unconfirmed|revoked)-signer$/;

/** How the two disagree about a bundle or a card; undefined when they agree. `refusal` is the product's, `none` when it accepts. */
export function disagreement(refusal: string, verdict: Verdict): string | undefined {
  if ('bug' in verdict) return `the verifier has a bug: ${verdict.bug}`;
  if (NOT_ITS_BUSINESS.test(refusal)) return undefined;
  if (refusal === MAY_BE_A_CHECKSUM && 'code' in verdict) return undefined;
  const [code = ''] = refusal.split(' ');
  const expected = STRANGER.test(code) ? 'bundle.unknown-signer' : code;
  const found = 'code' in verdict ? verdict.code : 'none';
  return found === expected
    ? undefined
    : `the product: ${refusal}; the verifier: ${found}${'rule' in verdict ? ` ${verdict.rule}` : ''}`;
}
