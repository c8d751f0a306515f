import type { Core, NodeSingular } from 'cytoscape';
import { HUB_DEGREE } from './chart-elements.ts';
import { type LabelBox, culledLabels } from './cull-labels.ts';

const GAP = 3;
const LINE = 15;
const CHARACTER = 6.4;
const WIDEST = 108;
const LIT = 1e5;
/** How much of a picture must stay uncovered. */
const CORE = 0.6;

/**
 * Takes away the labels that would overlap a more important one, and those of lesser entities that would cover a picture; what is dimmed
 * beside a selection has none.
 */
export function drawLabels(chart: Core): void {
  const { x1, y1, x2, y2 } = chart.extent();
  const nodes = chart.nodes().filter((node) => !node.hasClass('gone') && isWithin(node, x1, y1, x2, y2));
  const hasLit = chart.nodes('.lit').nonempty();
  const boxes = nodes.filter((node) => !(hasLit && node.hasClass('dim'))).map(boxOf);
  const pictures = hasLit ? [] : nodes.map(pictureOf);
  const culled = culledLabels(boxes, pictures, HUB_DEGREE);
  const drawn = new Set(boxes.map((box) => box.id).filter((id) => !culled.has(id)));
  chart.batch(() => {
    nodes.forEach((node) => void node.toggleClass('unlabelled', !drawn.has(node.id())));
  });
}

function isWithin(node: NodeSingular, x1: number, y1: number, x2: number, y2: number): boolean {
  const { x, y } = node.position();
  return x > x1 && x < x2 && y > y1 && y < y2;
}

function boxOf(node: NodeSingular): LabelBox {
  const { x, y } = node.renderedPosition();
  const label = String(node.data('label'));
  return {
    id: node.id(),
    x,
    y: y + node.renderedHeight() / 2 + GAP,
    width: Math.min(WIDEST, label.length * CHARACTER),
    height: LINE,
    priority: priorityOf(node),
  };
}

function pictureOf(node: NodeSingular): LabelBox {
  const { x, y } = node.renderedPosition();
  const size = node.renderedHeight() * CORE;
  return { id: node.id(), x, y: y - size / 2, width: size, height: size, priority: 0 };
}

function priorityOf(node: NodeSingular): number {
  if (node.selected()) return 1e6;
  const degree = Number(node.data('degree'));
  return node.hasClass('lit') ? LIT + degree : node.hasClass('dim') ? degree - LIT : degree;
}
