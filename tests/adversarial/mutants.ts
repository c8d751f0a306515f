import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { joinBytes, sha256, toHex } from '../../src-shared/crypto/hash.ts';
import { northmark } from '../support/bundle-samples.ts';
import type { Chance } from '../torture/seeded.ts';
import { frame } from './craft.ts';
import { everyInput } from './every-input.ts';
import { ringmark } from './people.ts';

/** Inputs that chance has changed: what the courier can do to bytes, and what an issuer can sign. */

/** What chance did to some bytes. */
export type Mutant = {
  readonly door: 'card' | 'inner' | 'sealed';
  readonly from: string;
  readonly how: string;
  readonly bytes: Uint8Array;
};

export type Bases = { readonly [D in Mutant['door']]: readonly Base[] };
type Base = { readonly name: string; readonly bytes: Uint8Array };

/** Every input that is accepted as it is. */
export async function acceptedInputs(): Promise<Bases> {
  const good = (await everyInput()).filter(({ refusal }) => refusal === 'none');
  const at = (door: Mutant['door']) =>
    good.filter((one) => one.door === door).map(({ name, bytes }) => ({ name, bytes }));
  return { card: at('card'), inner: at('inner'), sealed: at('sealed') };
}

type Damage = (bytes: Uint8Array, chance: Chance) => Uint8Array;

const DAMAGES: { readonly [how: string]: Damage } = {
  bit: (bytes, chance) => changed(bytes, chance.below(bytes.length), (byte) => byte ^ (1 << chance.below(8))),
  byte: (bytes, chance) => changed(bytes, chance.below(bytes.length), () => chance.below(256)),
  cut: (bytes, chance) => bytes.slice(0, chance.below(bytes.length)),
  head: (bytes, chance) => bytes.slice(1 + chance.below(bytes.length - 1)),
  insert: (bytes, chance) => {
    const at = chance.below(bytes.length + 1);
    const more = Uint8Array.from({ length: 1 + chance.below(40) }, () => chance.below(256));
    return joinBytes(bytes.subarray(0, at), more, bytes.subarray(at));
  },
  remove: (bytes, chance) => {
    const at = chance.below(bytes.length);
    return joinBytes(bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(40)));
  },
  repeat: (bytes, chance) => {
    const at = chance.below(bytes.length);
    const end = Math.min(bytes.length, at + 1 + chance.below(400));
    return joinBytes(bytes.subarray(0, end), bytes.subarray(at));
  },
  zeros: (bytes, chance) => bytes.slice().fill(0, chance.below(bytes.length), chance.below(bytes.length)),
};

/** Bytes that somebody without a key has changed; never those that came. */
export function damaged(bases: Bases, doors: readonly Mutant['door'][], chance: Chance): Mutant {
  for (;;) {
    const door = chance.one(doors);
    const { name, bytes } = chance.one(bases[door]);
    const how = chance.one(Object.keys(DAMAGES));
    const mutant = DAMAGES[how]?.(bytes, chance) ?? bytes;
    if (!areEqual(mutant, bytes)) return { door, from: name, how, bytes: mutant };
  }
}

/** A bundle or card of which some field is another, or of which the body is damaged, signed by who should sign it. */
export function signedAnew(bases: Bases, chance: Chance): Mutant {
  const door = chance.one(['card', 'inner', 'inner', 'inner'] as const);
  const { name, bytes } = chance.one(bases[door]);
  if (door === 'card') return { door, from: name, how: 'card', bytes: cardAnew(bytes, chance) };
  const how = chance.one(['manifest', 'body', 'body']);
  return { door, from: name, how, bytes: how === 'body' ? bodyAnew(bytes, chance) : manifestAnew(bytes, chance) };
}

function manifestAnew(inner: Uint8Array, chance: Chance): Uint8Array {
  const { manifest, stored } = partsOf(inner);
  return signed(edited(manifest, chance), stored);
}

/** True length and hash, of a body that is damaged. One that was compressed is damaged as it is stored. */
function bodyAnew(inner: Uint8Array, chance: Chance): Uint8Array {
  const { manifest, stored } = partsOf(inner);
  const how = chance.one(Object.keys(DAMAGES));
  const behind = stored.length < 2 ? stored : (DAMAGES[how]?.(stored, chance) ?? stored);
  const told = typeof manifest['body'] === 'object' ? manifest['body'] : {};
  const size = Reflect.get(told ?? {}, 'encoding') === 'none' ? { size: behind.length } : {};
  return signed(
    { ...manifest, body: { ...told, ...size, sha256: toHex(sha256(behind)), stored: behind.length } },
    behind,
  );
}

type Fields = { readonly [name: string]: unknown };

function partsOf(inner: Uint8Array): { readonly manifest: Fields; readonly stored: Uint8Array } {
  const end = 8 + new DataView(inner.buffer, inner.byteOffset).getUint32(4);
  const manifest = JSON.parse(new TextDecoder().decode(inner.subarray(8, end))) as Fields & {
    readonly body: { readonly stored: number };
  };
  return { manifest, stored: inner.subarray(end + 76, end + 76 + manifest.body.stored) };
}

/** By Northmark, or by Ringmark where the manifest says so. */
function signed(manifest: Fields, stored: Uint8Array): Uint8Array {
  const bytes = canonicalBytes(manifest);
  const isRing = manifest['issuer'] === ringmark.id;
  const sign = isRing ? ringmark.keys.current.sign : northmark.sign;
  const { kid } = manifest;
  const isKid = typeof kid === 'string' && /^[0-9a-f]{16}$/.test(kid);
  return frame(bytes, isKid ? kid : northmark.card.kid, sign('chirograph/bundle/v1', bytes), stored);
}

/** A card with another field. Its signature is no longer right, unless the field was spelt the same; forms are looked at before signatures. */
function cardAnew(bytes: Uint8Array, chance: Chance): Uint8Array {
  return canonicalBytes(edited(JSON.parse(new TextDecoder().decode(bytes)) as Fields, chance));
}

/** The same with one value, somewhere in it, changed or gone. */
function edited(value: Fields, chance: Chance): Fields {
  const copy = structuredClone<{ [name: string]: unknown }>(value);
  let place: { [name: string]: unknown } = copy;
  for (;;) {
    const name = chance.one(Object.keys(place));
    const inside = place[name];
    const isDeeper =
      typeof inside === 'object' && inside !== null && Object.keys(inside).length > 0 && chance.below(4) > 0;
    if (isDeeper) {
      place = inside as { [name: string]: unknown };
      continue;
    }
    change(place, name, chance);
    return copy;
  }
}

const OTHERS: readonly unknown[] = [null, true, '', 'x', 0, 1, -1, 1.5, 2 ** 31, 2 ** 53 - 1, [], {}, [null], { a: 1 }];

function change(place: { [name: string]: unknown }, name: string, chance: Chance): void {
  const before = place[name];
  const how = chance.below(6);
  if (Array.isArray(place) && how < 3) {
    if (how === 0) place.push(structuredClone(before));
    else if (how === 1) place.reverse();
    else place.splice(Number(name), 1);
  } else if (how === 0) delete place[name];
  else if (how === 1 && !Array.isArray(place)) place[`${name}x`] = before;
  else if (typeof before === 'number' && how < 5) place[name] = before + chance.one([-1, 1, 0.5, 1000, 65_536]);
  else if (typeof before === 'string' && how < 5 && before.length > 0) place[name] = respelt(before, chance);
  else place[name] = chance.one(OTHERS);
}

function respelt(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  const other = chance.one(['0', 'a', 'F', ' ', '\u202E', '\u0000', 'é', '-']);
  return chance.one([
    text.slice(0, at) + other + text.slice(at + 1),
    text + other,
    text.slice(0, at),
    text.toUpperCase(),
    other + text,
    text.repeat(40),
  ]);
}

function changed(bytes: Uint8Array, at: number, to: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = to(copy[at] ?? 0);
  return copy;
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
