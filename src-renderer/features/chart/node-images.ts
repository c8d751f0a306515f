import { lookByKey } from '../../ui/appearance.ts';
import { iconUri } from '../../ui/icon-svg.ts';
import { conflictBadge, moreBadge, protectedBadge } from './badge-svg.ts';
import type { ChartColours, Scheme } from './chart-colours.ts';
import type { NodeData } from './chart-elements.ts';

/** One picture on a node: the icon in the middle, or a badge at a corner. Lengths in pixels at zoom 1. */
interface Picture {
  readonly uri: string;
  readonly width: number;
  readonly height: number;
  readonly x: string;
  readonly y: string;
  readonly isBadge: boolean;
}

/** Cytoscape wants one list for every property of the pictures of a node. */
export interface NodeImages {
  readonly uris: readonly string[];
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  readonly clips: readonly string[];
  readonly containments: readonly string[];
}

/** The pictures of a node: icon, `+n` top right, disagreement top left, protection bottom right. */
export function nodeImages(data: NodeData, scheme: Scheme, colours: ChartColours): NodeImages {
  const pictures = picturesOf(data, scheme, colours);
  return {
    uris: pictures.map((picture) => picture.uri),
    widths: pictures.map((picture) => picture.width),
    heights: pictures.map((picture) => picture.height),
    xs: pictures.map((picture) => picture.x),
    ys: pictures.map((picture) => picture.y),
    clips: pictures.map((picture) => (picture.isBadge ? 'none' : 'node')),
    containments: pictures.map((picture) => (picture.isBadge ? 'over' : 'inside')),
  };
}

function picturesOf(data: NodeData, scheme: Scheme, colours: ChartColours): readonly Picture[] {
  const { icon, ink } = lookByKey(data.look).appearance;
  const size = data.isHub ? 24 : 18;
  const [near, far, top] = data.isHub ? ['-18%', '118%', '-14%'] : ['-30%', '135%', '-25%'];
  const main = { uri: iconUri(icon, ink[scheme]), width: size, height: size, x: '50%', y: '50%', isBadge: false };
  const pictures: Picture[] = [main];
  if (data.more > 0) {
    const badge = moreBadge(data.more, colours.badge, colours.onBadge);
    pictures.push({ uri: badge.uri, width: badge.width * 0.8, height: 11, x: far, y: top, isBadge: true });
  }
  if (data.conflicts > 0) {
    const uri = conflictBadge(colours.warning, colours.canvas);
    pictures.push({ uri, width: 12, height: 12, x: near, y: top, isBadge: true });
  }
  if (data.isProtected) {
    const uri = protectedBadge(ink[scheme], colours.canvas);
    pictures.push({ uri, width: 12, height: 12, x: far, y: data.isHub ? '112%' : '120%', isBadge: true });
  }
  return pictures;
}
