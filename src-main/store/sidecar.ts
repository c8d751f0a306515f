import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalBytes, parseCanonical } from '../../src-shared/crypto/canonical.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ChirographError } from '../../src-shared/errors.ts';
import { replaceFile } from './atomic-file.ts';
import { headHash } from './head.ts';
import { onDisk } from './sqlite-errors.ts';
import type { Head } from './types.ts';

/** The file `head` beside the database: docs/formats/vault.md, V52–V53. */

const MAX_BYTES = 4096;
const Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** V96: whether the store was closed in order, so that no log belongs to it. Sidecars of the first version do not say. */
const State = z.enum(['open', 'closed']);
const Sidecar = z.strictObject({
  v: z.literal(1),
  vault: z.string(),
  sequence: z.number().int().nonnegative(),
  content: Hex,
  audit: z.strictObject({ size: z.number().int().nonnegative(), hash: Hex }),
  previous: Hex,
  state: State.optional(),
  mac: Hex,
});

/** `key` is the head key; the file's own vault id keeps the sidecar of one vault out of another. */
export type SidecarPlace = { readonly path: string; readonly vault: string; readonly key: Uint8Array };

/** V52: the sidecar of this head. Throws what the disk throws. */
export function writeSidecar(place: SidecarPlace, head: Head, state: z.infer<typeof State> = 'open'): void {
  const body = { v: 1, vault: place.vault, ...head, state };
  replaceFile(place.path, canonicalBytes({ ...body, mac: macOf(place, body) }));
}

/** V96: after the database was closed. A sidecar that is not of this very head, such as one of a renewed vault, is left alone. */
export function markClosed(place: SidecarPlace, head: Head): void {
  const { known, state } = readSidecar(place);
  if (state !== 'closed' && headHash(known) === headHash(head)) writeSidecar(place, head, 'closed');
}

/**
 * V53: throws `vault.rolled-back` or `vault.head-damaged`; writes the sidecar again after a crash between commit and sidecar. `lastAt` is the time of
 * the newest change that the store knows.
 */
export function compareWithSidecar(place: SidecarPlace, head: Head, lastAt?: string): void {
  const { known, state } = readSidecar(place);
  if (headHash(known) === headHash(head)) return;
  const isOneAhead = head.sequence === known.sequence + 1 && head.previous === headHash(known);
  if (isOneAhead) {
    writeSidecar(place, head);
    return;
  }
  throw failure('vault.rolled-back', {
    found: head.sequence,
    expected: known.sequence,
    what: replacedPart(head, known, state),
    ...(lastAt !== undefined && { lastAt }),
  });
}

/** V96: what must have been put back or lost. */
function replacedPart(head: Head, known: Head, state: Known['state']): 'file' | 'log' | 'sidecar' {
  if (head.sequence > known.sequence) return 'sidecar';
  return head.sequence < known.sequence && state === 'open' ? 'log' : 'file';
}

type Known = { readonly known: Head; readonly state: z.infer<typeof State> | undefined };

function readSidecar(place: SidecarPlace): Known {
  if (!existsSync(place.path)) throw failure('vault.head-damaged', { rule: 'V53' });
  const bytes = onDisk('reading', () => readFileSync(place.path));
  const parsed = Sidecar.safeParse(parseCanonical(bytes, MAX_BYTES, damaged));
  if (!parsed.success) throw damaged();
  const { mac, ...body } = parsed.data;
  const isOurs = timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(place, body), 'hex'));
  if (!isOurs || body.vault !== place.vault) throw damaged();
  const { sequence, content, audit, previous, state } = body;
  return { known: { sequence, content, audit, previous }, state };
}

function damaged(): ChirographError {
  return failure('vault.head-damaged', { rule: 'V52' });
}

function macOf(place: SidecarPlace, body: object): string {
  return createHmac('sha256', place.key).update(canonicalBytes(body)).digest('hex');
}
