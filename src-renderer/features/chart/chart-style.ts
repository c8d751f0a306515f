import type { NodeSingular, StylesheetJson } from 'cytoscape';
import { lookByKey } from '../../ui/appearance.ts';
import { CHART_COLOURS, type Scheme } from './chart-colours.ts';
import type { NodeData } from './chart-elements.ts';
import { type NodeImages, nodeImages } from './node-images.ts';

const NODE = 30;
const HUB = 40;
const FACE = 'Inter Variable, Noto Sans Arabic, sans-serif';

/** From this zoom on links are labelled; those of the selection a little earlier. */
const EDGE_LABELS = 1.05;
const LIT_EDGE_LABELS = 0.8;

/** A chart at one zoom. */
export interface View {
  readonly scheme: Scheme;
  readonly zoom: number;
  /** So much that pictures must stay small to stay apart. */
  readonly isBig: boolean;
}

/** How much larger than life things are drawn at a zoom, so that they stay readable between 0.4 and 1.6 (UX notes §4). */
function compensation({ zoom, isBig }: View): number {
  return Math.max(0.72, Math.min(isBig ? 1.3 : 2.1, zoom ** -0.62));
}

/** The styles of the chart. Labels are the same size on screen at every zoom. */
export function chartStyle(view: View): StylesheetJson {
  return [...nodeStyle(view), ...edgeStyle(view), ...stateStyle(view)];
}

function nodeStyle(view: View): StylesheetJson {
  const { scheme, zoom } = view;
  const colours = CHART_COLOURS[scheme];
  const k = compensation(view);
  const images = cached((data) => nodeImages(data, scheme, colours));
  const scaled = (lengths: readonly number[]) => lengths.map((length) => length * k);
  return [
    {
      selector: 'node',
      style: {
        'width': NODE * k,
        'height': NODE * k,
        'shape': (node: NodeSingular) => appearance(node).shape,
        'background-color': (node: NodeSingular) => appearance(node).fill[scheme],
        'border-color': (node: NodeSingular) => appearance(node).ink[scheme],
        'border-style': (node: NodeSingular) => (dataOf(node).hasWithheld ? 'dashed' : appearance(node).border),
        'border-width': 1.5 * k,
        'background-image': (node: NodeSingular) => images(node).uris,
        'background-width': (node: NodeSingular) => scaled(images(node).widths),
        'background-height': (node: NodeSingular) => scaled(images(node).heights),
        'background-position-x': (node: NodeSingular) => images(node).xs,
        'background-position-y': (node: NodeSingular) => images(node).ys,
        'background-clip': (node: NodeSingular) => images(node).clips,
        'background-image-containment': (node: NodeSingular) => images(node).containments,
        'bounds-expansion': 10 * k,
        'label': 'data(label)',
        'font-family': FACE,
        'font-size': 11 / zoom,
        'font-weight': 500,
        'color': colours.ink,
        'text-valign': 'bottom',
        'text-margin-y': 3 / zoom,
        'text-max-width': 104 / zoom,
        'text-wrap': 'ellipsis',
        'text-background-color': colours.canvas,
        'text-background-opacity': 0.82,
        'text-background-padding': 1 / zoom,
        'text-background-shape': 'round-rectangle',
      },
    },
    {
      selector: 'node[?isHub]',
      style: {
        'width': HUB * k,
        'height': HUB * k,
        'border-width': 2 * k,
        'font-size': 12.3 / zoom,
        'font-weight': 700,
        'z-index': 5,
      },
    },
  ] as StylesheetJson;
}

function edgeStyle(view: View): StylesheetJson {
  const { zoom } = view;
  const colours = CHART_COLOURS[view.scheme];
  const k = compensation(view);
  return [
    {
      selector: 'edge',
      style: {
        'width': 1.4 * Math.min(1.5, k),
        'line-color': colours.edge,
        'line-opacity': 0.8,
        'line-cap': 'round',
        'curve-style': 'bezier',
        'control-point-step-size': 28,
        'arrow-scale': 0.75 * Math.min(1.4, k),
        'target-arrow-color': colours.edge,
        'label': zoom < EDGE_LABELS ? '' : 'data(label)',
        'font-family': FACE,
        'font-size': 9.5 / zoom,
        'color': colours.muted,
        'text-rotation': 'autorotate',
        'text-background-color': colours.canvas,
        'text-background-opacity': 0.92,
        'text-background-padding': 1 / zoom,
      },
    },
    { selector: 'edge[?directed]', style: { 'target-arrow-shape': 'triangle' } },
    { selector: 'edge[confidence = "unconfirmed"]', style: dashes(6 * k, 4 * k) },
    { selector: 'edge[confidence = "tentative"]', style: dashes(1.5 * k, 4 * k) },
    {
      selector: 'edge[?isExploitation]',
      style: {
        'line-color': colours.critical,
        'target-arrow-color': colours.critical,
        'target-arrow-shape': 'triangle-tee',
      },
    },
  ] as StylesheetJson;
}

function stateStyle(view: View): StylesheetJson {
  const { zoom } = view;
  const colours = CHART_COLOURS[view.scheme];
  const k = compensation(view);
  return [
    {
      selector: 'node[?isGuest]',
      style: {
        'outline-width': 1.4 * k,
        'outline-style': 'dashed',
        'outline-color': colours.muted,
        'outline-offset': 3 * k,
        'outline-opacity': 1,
      },
    },
    { selector: 'edge[?isGuest]', style: { 'line-opacity': 0.5 } },
    { selector: 'node.unlabelled', style: { 'text-opacity': 0, 'text-background-opacity': 0 } },
    { selector: '.dim', style: { 'opacity': 0.28 } },
    { selector: '.gone', style: { 'display': 'none' } },
    { selector: 'node.lit', style: { 'z-index': 12 } },
    {
      selector: 'edge.lit',
      style: {
        'line-color': colours.accent,
        'target-arrow-color': colours.accent,
        'line-opacity': 1,
        'z-index': 15,
        'color': colours.ink,
        'label': zoom < LIT_EDGE_LABELS ? '' : 'data(label)',
      },
    },
    {
      selector: 'edge.lit[?isExploitation]',
      style: { 'line-color': colours.critical, 'target-arrow-color': colours.critical },
    },
    {
      selector: 'node:selected',
      style: {
        'outline-width': 3 * k,
        'outline-style': 'solid',
        'outline-color': colours.accent,
        'outline-offset': 2.5 * k,
        'outline-opacity': 1,
        'color': colours.onAccent,
        'font-weight': 700,
        'text-background-color': colours.accent,
        'text-background-opacity': 1,
        'text-background-padding': 2.5 / zoom,
        'text-margin-y': 6 / zoom,
        'text-opacity': 1,
        'z-index': 20,
      },
    },
    { selector: 'edge:selected', style: { 'width': 3.2 * Math.min(1.5, k), 'z-index': 18 } },
    { selector: 'node:active', style: { 'overlay-opacity': 0.08 } },
  ] as StylesheetJson;
}

function dashes(dash: number, gap: number): object {
  return { 'line-style': 'dashed', 'line-dash-pattern': [dash, gap] };
}

function appearance(node: NodeSingular) {
  return lookByKey(dataOf(node).look).appearance;
}

function dataOf(node: NodeSingular): NodeData {
  return node.data() as NodeData;
}

/** Seven style properties ask for the pictures of a node one after another; nodes with the same badges share them. */
function cached(make: (data: NodeData) => NodeImages): (node: NodeSingular) => NodeImages {
  const made = new Map<string, NodeImages>();
  return (node) => {
    const data = dataOf(node);
    const key = `${data.look} ${data.isHub} ${data.more} ${data.conflicts > 0} ${data.isProtected}`;
    const images = made.get(key) ?? make(data);
    made.set(key, images);
    return images;
  };
}
