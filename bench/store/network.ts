import { below, type Random, seededRandom } from './random.ts';

/**
 * Who is tied to whom: a scale-free network with communities, after the LFR benchmark (Lancichinetti, Fortunato, Radicchi 2008): power laws of
 * degree (exponent 2.5) and of community size, one tie in six leaves its community. Two subjects may have several ties, as calls and payments do.
 */
export type Network = {
  readonly entities: number;
  /** First entity of each community, and `entities` at the end. */
  readonly communityStarts: readonly number[];
  /** Ends of each tie, grouped by the community of the first. */
  readonly from: Int32Array;
  readonly to: Int32Array;
};

const DEGREE_EXPONENT = 2.5;
const SMALLEST_COMMUNITY = 20;
const LEAVES_COMMUNITY = 1 / 6;

export function drawNetwork(entities: number, links: number, seed: number): Network {
  const random = seededRandom(seed);
  const communityStarts = drawCommunities(entities, random);
  const sums = weightSums(entities, random);
  const from = new Int32Array(links);
  const to = new Int32Array(links);
  const total = sums[entities] ?? 0;
  let at = 0;
  for (let community = 0; community + 1 < communityStarts.length; community += 1) {
    const first = communityStarts[community] ?? 0;
    const end = communityStarts[community + 1] ?? entities;
    const isLast = end === entities;
    const upTo = isLast ? links : Math.round((links * (sums[end] ?? 0)) / total);
    for (; at < upTo; at += 1) {
      const one = pick(sums, first, end, random);
      const other = random() < LEAVES_COMMUNITY ? pick(sums, 0, entities, random) : pick(sums, first, end, random);
      from[at] = one;
      to[at] = other === one ? (one + 1) % entities : other;
    }
  }
  return { entities, communityStarts, from, to };
}

function drawCommunities(entities: number, random: Random): number[] {
  const largest = Math.max(60, Math.floor(entities / 50));
  const starts = [0];
  for (let at = 0; at < entities;) {
    const size = Math.min(largest, Math.floor(SMALLEST_COMMUNITY / Math.sqrt(1 - random())));
    at = entities - at - size < SMALLEST_COMMUNITY ? entities : at + size;
    starts.push(at);
  }
  return starts;
}

/** `sums[i]` is the weight of all entities before `i`. */
function weightSums(entities: number, random: Random): Float64Array {
  const heaviest = Math.sqrt(entities);
  const sums = new Float64Array(entities + 1);
  for (let i = 0; i < entities; i += 1) {
    const weight = Math.min(heaviest, (1 - random()) ** (-1 / (DEGREE_EXPONENT - 1)));
    sums[i + 1] = (sums[i] ?? 0) + weight;
  }
  return sums;
}

/** One of the entities from `first` to before `end`, the heavier the likelier. O(log n). */
function pick(sums: Float64Array, first: number, end: number, random: Random): number {
  const start = sums[first] ?? 0;
  const wanted = start + random() * ((sums[end] ?? 0) - start);
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle + 1] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, end - 1);
}

/** Some entities, the same ones for every store of this size: whom a benchmark asks about. */
export function someEntities(entities: number, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => below(random, entities));
}
