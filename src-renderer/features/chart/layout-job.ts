import type { Point } from './walk.ts';

export interface LayoutRequest {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
  readonly seed: number;
  /** Width by height of the canvas. */
  readonly aspect: number;
}

export interface LayoutReply {
  readonly spots: readonly Point[];
}

export interface LayoutJob {
  readonly done: Promise<readonly Point[]>;
  readonly cancel: () => void;
}

/** Lays a chart out in a worker. `cancel` ends it; then `done` never settles. */
export function startLayout(request: LayoutRequest): LayoutJob {
  const worker = new Worker(new URL('layout-worker.ts', import.meta.url), { type: 'module' });
  const done = new Promise<readonly Point[]>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<LayoutReply>) => {
      worker.terminate();
      resolve(event.data.spots);
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      reject(new Error('layout worker failed'));
    });
  });
  worker.postMessage(request);
  return { done, cancel: () => worker.terminate() };
}
