import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { LayoutRequest, LayoutReply } from './layout-job.ts';
import { spreadTo } from './spread.ts';

/** The layout runs here, off the page's thread; ending the worker cancels it (UX notes §2.2). */
cytoscape.use(fcose);

globalThis.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const reply: LayoutReply = { spots: spreadTo(layOut(event.data), event.data.aspect) };
  globalThis.postMessage(reply);
});

function layOut(request: LayoutRequest): LayoutReply['spots'] {
  seedRandom(request.seed);
  const chart = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { width: 40, height: 46 } }],
    elements: [
      ...request.nodes.map((id) => ({ data: { id } })),
      ...request.edges.map((edge, index) => ({ data: { id: `edge ${index}`, ...edge } })),
    ],
  });
  const options = {
    name: 'fcose',
    quality: qualityFor(request.nodes.length),
    animate: false,
    randomize: true,
    nodeRepulsion: 9000,
    idealEdgeLength: 85,
    nodeSeparation: 110,
    packComponents: false,
    tilingPaddingVertical: 24,
    tilingPaddingHorizontal: 24,
  };
  chart.layout(options).run();
  return chart.nodes().map((node) => ({ id: node.id(), ...node.position() }));
}

/** Spectral placement alone above this size: the force part took 25 s of CPU for 2 000 entities, the spectral one 1 s. */
function qualityFor(entities: number): 'draft' | 'default' | 'proof' {
  if (entities > 700) return 'draft';
  return entities > 300 ? 'default' : 'proof';
}

/** fcose takes its randomness from `Math.random`; here, and only in this worker, it is seeded, so that a case looks the same each time. */
function seedRandom(seed: number): void {
  let state = seed;
  Math.random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
