import type { Core, NodeSingular } from 'cytoscape';
import type { NodeData } from './chart-elements.ts';
import { type LabelBox, culledLabels } from './cull-labels.ts';

const GAP = 3;
const LINE = 15;
const CHARACTER = 6.4;
const WIDEST = 108;
/** Labels of the selection, its neighbours and hubs stand even where they cover a picture. */
const LIT = 1e5;
const HUB = 1e4;
/** How much of a picture must stay uncovered. */
const CORE = 0.6;

/**
 * Takes away the labels that would overlap a more important one, and those of lesser entities that would cover a picture. What is dimmed
 * has none.
 */
export function drawLabels(chart: Core): void {
  const { x1, y1, x2, y2 } = chart.extent();
  const nodes = chart.nodes().filter((node) => !node.hasClass('gone') && isWithin(node, x1, y1, x2, y2));
  const clear = nodes.filter((node) => !node.hasClass('dim'));
  const boxes = clear.map(boxOf);
  const pictures = clear.map(pictureOf);
  const culled = culledLabels(boxes, pictures, HUB);
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
  const { degree, isHub } = node.data() as NodeData;
  return (node.hasClass('lit') ? LIT : 0) + (isHub ? HUB : 0) + degree;
}
