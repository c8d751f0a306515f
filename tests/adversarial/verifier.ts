import { fileURLToPath, pathToFileURL } from 'node:url';
import { northmark, southmark } from '../support/bundle-samples.ts';
import { ringmark } from './people.ts';

/** tools/verify/verify.mjs, which shares no code with the product. */

type Proven = { readonly id: string; readonly proven: string; readonly withheld: readonly string[] };
type Verifier = {
  readonly readCard: (bytes: Buffer) => unknown;
  readonly verifyBundle: (inner: Buffer, cards: readonly Buffer[]) => { readonly records: readonly Proven[] };
};

const path = fileURLToPath(new URL('../../tools/verify/verify.mjs', import.meta.url));
const verifier = (await import(pathToFileURL(path).href)) as Verifier;
const trusted = [northmark.card, southmark.card, ringmark.card].map(({ bytes }) => Buffer.from(bytes));

/** What it proves, or in words why it proves nothing. */
export type Verdict = { readonly proven: readonly Proven[] } | { readonly broken: string };

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
    return { broken: error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error) };
  }
}

/** What the verifier says of itself that it does not look at: who a bundle is for, when it is read, what its reader requires, and what hashes cover. */
const NOT_ITS_BUSINESS =
  /^(bundle\.(not-for-us|expired|too-few-approvals)|record\.newer-version|record\.malformed R([2-7]|1[89]|2[01])|card\.malformed K8)$/;

/** How the two disagree about a bundle or a card; undefined when they agree. `refusal` is the product's, `none` when it accepts. */
export function disagreement(refusal: string, verdict: Verdict): string | undefined {
  if ('broken' in verdict) {
    if (!verdict.broken.startsWith('Broken: ')) return `the verifier has a bug: ${verdict.broken}`;
    return refusal === 'none' ? `only the product takes it; the verifier: ${verdict.broken}` : undefined;
  }
  const isRight = refusal === 'none' || NOT_ITS_BUSINESS.test(refusal);
  return isRight ? undefined : `only the verifier takes it; the product: ${refusal}`;
}
