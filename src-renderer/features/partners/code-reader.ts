import type { CodeReply, CodeRequest } from './qr-worker.ts';

/** Reads one picture after another in a worker. */
export interface CodeReader {
  /** Undefined when the worker failed: the picture was too much for it. */
  readonly read: (request: CodeRequest) => Promise<CodeReply | undefined>;
  readonly end: () => void;
}

/** A picture that takes longer was made to. */
const PATIENCE = 20_000;

/** One picture at a time. Starts the worker with the first; `end` ends it, and what was asked is answered by nothing. */
export function startReader(): CodeReader {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    read(request) {
      const reply = last.then(async () => {
        worker ??= new Worker(new URL('qr-worker.ts', import.meta.url), { type: 'module' });
        const answered = await ask(worker, request);
        if (answered === undefined) end();
        return answered;
      });
      last = reply;
      return reply;
    },
    end,
  };
}

function ask(worker: Worker, request: CodeRequest): Promise<CodeReply | undefined> {
  const { promise, resolve } = Promise.withResolvers<CodeReply | undefined>();
  const once = new AbortController();
  const settle = (reply: CodeReply | undefined) => {
    once.abort();
    clearTimeout(timer);
    resolve(reply);
  };
  const timer = setTimeout(() => settle(undefined), PATIENCE);
  worker.addEventListener('message', ({ data }: MessageEvent<CodeReply>) => settle(data), { signal: once.signal });
  worker.addEventListener('error', () => settle(undefined), { signal: once.signal });
  worker.postMessage(request, 'frame' in request ? [request.frame] : []);
  return promise;
}
