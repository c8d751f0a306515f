import { failure } from '../../../src-shared/errors.ts';

/** The terminal, or what a test puts in its place. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The answer: standard output. */
  write(text: string): void;
  /** Progress and refusals: standard error. */
  complain(text: string): void;
  /** A line that is not shown while it is typed. Throws `usage.no-passphrase` when nobody is there to type it. */
  ask(question: string): Promise<string>;
}

export function processTerminal(): Terminal {
  process.stdout.on('error', endQuietly);
  return {
    environment: process.env,
    write: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    ask: askWithoutEcho,
  };
}

/** Whoever reads us, such as `head`, has seen enough; what was asked is done by then, because the answer is written last. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

const INTERRUPT = '\u0003';
const ERASE = new Set(['\u007F', '\b']);
const ENTER = new Set(['\r', '\n']);

async function askWithoutEcho(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) throw failure('usage.no-passphrase', {});
  stderr.write(question);
  stdin.setRawMode(true);
  try {
    return await readLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

async function readLine(input: NodeJS.ReadStream): Promise<string> {
  let typed = '';
  for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
    for (const character of chunk) {
      if (ENTER.has(character)) return typed;
      if (character === INTERRUPT) throw failure('usage.no-passphrase', {});
      typed = ERASE.has(character) ? typed.slice(0, -1) : typed + character;
    }
  }
  return typed;
}
