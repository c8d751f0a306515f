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

/** So many labels come or go in one frame: each is measured and drawn again. */
const A_FRAME = 24;

/**
 * Takes away the labels that would overlap a more important one, and those of lesser entities that would cover a picture, a few a frame. What is
 * dimmed has none. Gives what ends it early.
 */
export function drawLabels(chart: Core): () => void {
  let coming = changesTo(chart);
  let frame: number | undefined;
  const next = () => {
    const slice = coming.slice(0, A_FRAME);
    coming = coming.slice(A_FRAME);
    frame = coming.length > 0 ? requestAnimationFrame(next) : undefined;
    chart.batch(() => {
      for (const node of slice) node.toggleClass('unlabelled');
    });
  };
  next();
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

/** Nodes that get or lose their label. */
function changesTo(chart: Core): readonly NodeSingular[] {
  const { x1, y1, x2, y2 } = chart.extent();
  const nodes = chart.nodes().filter((node) => !node.hasClass('gone') && isWithin(node, x1, y1, x2, y2));
  const clear = nodes.filter((node) => !node.hasClass('dim'));
  const boxes = clear.map(boxOf);
  const pictures = clear.map(pictureOf);
  const culled = culledLabels(boxes, pictures, HUB);
  const drawn = new Set(boxes.map((box) => box.id).filter((id) => !culled.has(id)));
  return nodes.filter((node) => node.hasClass('unlabelled') === drawn.has(node.id())).map((node: NodeSingular) => node);
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
