import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHandlers } from '../../src-main/app/handlers.ts';
import { COMMANDS } from '../../src-main/hosts/cli/commands.ts';
import { runCli } from '../../src-main/hosts/cli/run-cli.ts';
import type { Terminal } from '../../src-main/hosts/cli/terminal.ts';
import { startLoopback } from '../../src-main/hosts/loopback/loopback.ts';
import { type Reply, dispatch } from '../../src-shared/contract/dispatch.ts';
import { type Input, type MethodName, type Output, methods } from '../../src-shared/contract/methods.ts';
import { sealing } from './case-steps.ts';
import { encodeFrame, parseFrame } from '../../src-shared/contract/transport.ts';

const PASSPHRASE = 'correct horse battery';
const HANDLING = { tlp: 'TLP:AMBER' as const, codes: [], purposes: [], legalBases: [] };
const LEGAL_BASIS = 'mou';

type Bytes = Uint8Array<ArrayBuffer>;

/** One agency at work, whatever host it works through. */
export interface Station {
  create(agency: string): Promise<void>;
  status(): Promise<Pick<Output<'vault.status'>, 'agency' | 'entities' | 'links' | 'cases' | 'partners'>>;
  importFile(title: string, name: string, text: string): Promise<{ readonly entities: number; readonly links: number }>;
  /** Label and id of what is found. */
  search(text: string): Promise<readonly { readonly id: string; readonly label: string }[]>;
  authorsOf(id: string): Promise<readonly string[]>;
  card(): Promise<Bytes>;
  addCard(card: Bytes): Promise<void>;
  words(partner: string): Promise<string>;
  confirm(partner: string, words: string): Promise<void>;
  release(title: string, partner: string): Promise<Bytes>;
  receive(bundle: Bytes): Promise<{ readonly verdict: string; readonly new: number }>;
  auditIsWhole(): Promise<boolean>;
  fingerprint(title: string): Promise<string>;
  close(): Promise<void>;
}

type Call = <M extends MethodName>(name: M, input: Input<M>) => Promise<Output<M>>;

export const STATIONS: readonly (readonly [host: string, start: () => Promise<Station>])[] = [
  ['in process', startInProcess],
  ['over loopback', startOverLoopback],
  ['by the command line', startCommandLine],
];

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'chirograph-test-'));
}

async function startInProcess(): Promise<Station> {
  const home = newFolder();
  const handlers = createHandlers({
    home,
    now: () => new Date(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    emit: () => undefined,
    exit: () => undefined,
  });
  const incidents = {
    newIncident: () => 'test',
    record(_incident: string, error: unknown) {
      throw error;
    },
  };
  const send = (name: string, input: object) => dispatch(handlers, name, input, incidents);
  return callingStation(send, () => rmSync(home, { recursive: true }));
}

async function startOverLoopback(): Promise<Station> {
  const home = newFolder();
  writeFileSync(join(home, 'index.html'), '');
  const server = await startLoopback({ home, pageFolder: home, port: 0 });
  const headers = { origin: server.origin };
  const token = new URL(server.launchAddress).hash.slice('#token='.length);
  const session = await fetch(`${server.origin}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const send = async (name: string, input: object): Promise<Reply> => {
    const body = encodeFrame({ name, input }, 'input');
    const answer = await fetch(`${server.origin}/call`, { method: 'POST', headers: { ...headers, cookie }, body });
    return parseFrame(new Uint8Array(await answer.arrayBuffer()), 'value') as unknown as Reply;
  };
  return callingStation(send, async () => {
    await server.close();
    rmSync(home, { recursive: true });
  });
}

/** Every answer is checked against the contract, so that no host and no handler can answer with more or less. */
function callingStation(
  send: (name: string, input: object) => Promise<Reply>,
  end: () => void | Promise<void>,
): Station {
  const call: Call = async (name, input) => {
    const reply = await send(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    methods[name].output.parse(reply.value);
    return reply.value as Output<typeof name>;
  };
  const caseOf = async (title: string) => {
    const { cases } = await call('case.list', {});
    return cases.find((one) => one.title === title)?.id ?? '';
  };
  const partnerOf = async (name: string) => {
    const { partners } = await call('partner.list', {});
    const found = partners.find((partner) => partner.name === name);
    if (found === undefined) throw new Error('no such partner');
    return found;
  };
  return {
    async create(agency) {
      await call('vault.create', { vault: 'v', agency, country: 'GB', user: 'Iris', passphrase: PASSPHRASE });
    },
    status: () => call('vault.status', {}),
    importFile: (title, name, text) =>
      call('import.apply', {
        case: { title },
        name,
        format: 'auto',
        attach: 'auto',
        source: { reference: 'report 7', basis: 'fact' },
        handling: HANDLING,
        bytes: new TextEncoder().encode(text),
      }),
    search: async (text) => (await call('search.find', { text, limit: 10 })).hits,
    authorsOf: async (id) => {
      const { history } = await call('subject.show', { subject: id });
      return history.map(({ authorName }) => authorName);
    },
    card: async () => new Uint8Array((await call('partner.card', {})).bytes),
    async addCard(bytes) {
      await call('partner.add', { bytes });
    },
    words: async (partner) => (await partnerOf(partner)).words,
    async confirm(partner, words) {
      const { agency } = await partnerOf(partner);
      await call('partner.confirm', { agency, words, with: 'Testperson', channel: 'telephone' });
    },
    async release(title, partner) {
      const { agency } = await partnerOf(partner);
      const legalBases = [LEGAL_BASIS];
      const request = {
        case: await caseOf(title),
        to: [agency],
        purpose: 'test',
        legalBases,
        include: [],
        exclude: [],
      };
      const preview = await call('release.preview', request);
      return new Uint8Array((await call('release.seal', sealing(request, preview))).bytes);
    },
    async receive(bytes) {
      const { quarantine } = await call('receive.open', { bytes });
      return call('receive.apply', { quarantine, accept: 'all' });
    },
    auditIsWhole: async () => (await call('audit.verify', {})).ok,
    fingerprint: async (title) => (await call('case.fingerprint', { case: await caseOf(title) })).digest,
    async close() {
      await call('vault.lock', {});
      await end();
    },
  };
}

async function run(...args: readonly string[]): Promise<unknown> {
  let [answer, refusal] = ['', ''];
  const terminal: Terminal = {
    environment: { CHIROGRAPH_PASSPHRASE: PASSPHRASE },
    write: (text) => void (answer += text),
    complain: (text) => void (refusal += text),
    ask: () => Promise.reject(new Error('nobody is at the terminal')),
  };
  const status = await runCli(COMMANDS, [...args, '--json'], terminal);
  if (status !== 0) throw new Error(`${args[0]}: ${status} ${refusal}`);
  return JSON.parse(answer);
}

async function ask<T>(...args: readonly string[]): Promise<T> {
  return (await run(...args)) as T;
}

/** Each command on its own, as a script would run it: nothing is kept between two but the vault on disk. */
async function startCommandLine(): Promise<Station> {
  const folder = newFolder();
  const vault = join(folder, 'v');
  const file = (name: string) => join(folder, name);
  function put(name: string, bytes: Uint8Array | string): string {
    writeFileSync(file(name), bytes);
    return file(name);
  }
  return {
    async create(agency) {
      await run('vault', 'create', vault, '--agency', agency, '--country', 'GB', '--user', 'Iris');
    },
    status: () => ask('vault', 'status', vault),
    importFile: (title, name, text) => ask('import', vault, put(name, text), '--case', title, '--source', 'report 7'),
    search: async (text) => (await ask<Output<'search.find'>>('search', vault, text)).hits,
    authorsOf: async (id) => {
      const { history } = await ask<Output<'subject.show'>>('show', vault, id);
      return history.map(({ authorName }) => authorName);
    },
    async card() {
      await run('partner', 'card', vault, '--out', file('our.card'));
      return readFileSync(file('our.card'));
    },
    async addCard(card) {
      await run('partner', 'add', vault, put('their.card', card));
    },
    words: async (partner) => (await ask<{ words: string }>('partner', 'words', vault, partner)).words,
    async confirm(partner, words) {
      await run('partner', 'confirm', vault, partner, '--words', words);
    },
    async release(title, partner) {
      const basis = ['--purpose', 'test', '--legal-basis', LEGAL_BASIS];
      const answers = ['--answer', 'all'];
      await run('release', vault, '--case', title, '--to', partner, ...basis, ...answers, '--out', file('out.chiro'));
      return readFileSync(file('out.chiro'));
    },
    receive: (bundle) => ask('receive', vault, put('in.chiro', bundle), '--accept', 'all'),
    auditIsWhole: async () => (await ask<Output<'audit.verify'>>('audit', vault, 'verify')).ok,
    fingerprint: async (title) => (await ask<Output<'case.fingerprint'>>('fingerprint', vault, '--case', title)).digest,
    close: async () => rmSync(folder, { recursive: true }),
  };
}
