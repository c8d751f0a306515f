import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { failure } from '../errors.ts';
import { refuseBeyond } from './limits.ts';

/** GraphML as it stands in the file (docs/formats/import.md §6): no meaning yet, every element with its line. */
export type GraphmlFile = {
  readonly keys: readonly GraphmlKey[];
  readonly nodes: readonly GraphmlElement[];
  readonly edges: readonly GraphmlEdge[];
  /** Elements that have no place in a plan, each with its line: I26, I27. */
  readonly left: readonly { readonly line: number; readonly rule: string; readonly what: string }[];
  readonly nestedNodes: readonly number[];
  readonly drawings: readonly number[];
};

export type GraphmlKey = {
  readonly id: string;
  readonly name: string;
  readonly scope: 'node' | 'edge' | 'all' | 'graph';
  readonly default: string;
};

export type GraphmlElement = {
  readonly id: string;
  readonly line: number;
  /** Text of each `data`, by key. */
  readonly data: ReadonlyMap<string, string>;
};

export type GraphmlEdge = GraphmlElement & {
  readonly source: string;
  readonly target: string;
  readonly directed: boolean | undefined;
};

export type GraphmlReader = { readonly push: (text: string) => void; readonly end: () => GraphmlFile };

/** Data that an editor keeps as XML: only these texts of it are read (I24). */
const LABEL_ELEMENTS = ['NodeLabel', 'EdgeLabel'];
/** Under this key such a label is found; no key of a file can have it, because it holds a space. */
export const DRAWN_LABEL = 'drawn label';

type Open = {
  readonly kind: 'node' | 'edge';
  readonly line: number;
  readonly data: Map<string, string>;
  readonly tag: Tag;
};
type Tag = { readonly local: string; readonly attributes: Readonly<Record<string, string>> };

/** Reads GraphML piece by piece. Throws import.unreadable or import.too-large: a file is read as a whole or not at all. */
export function graphmlReader(): GraphmlReader {
  const parser = new SaxesParser();
  const keys: GraphmlKey[] = [];
  const nodes: GraphmlElement[] = [];
  const edges: GraphmlEdge[] = [];
  const left: { line: number; rule: string; what: string }[] = [];
  const nestedNodes: number[] = [];
  const drawings: number[] = [];
  const path: Tag[] = [];
  const open: Open[] = [];
  const defaults: (boolean | undefined)[] = [];
  let text = '';
  let consumed = 0;
  let lastEvent = 0;
  let isStarted = false;

  function onOpen(opened: SaxesTagPlain): void {
    const tag = { local: localName(opened.name), attributes: opened.attributes };
    lastEvent = consumed;
    path.push(tag);
    refuseBeyond('depth', path.length, parser.line);
    for (const value of Object.values(tag.attributes)) refuseBeyond('field', value.length, parser.line);
    if (!isStarted && tag.local !== 'graphml') throw failure('import.unknown-format', { rule: 'I4' });
    isStarted = true;
    if (isInData()) {
      if (path.at(-2)?.local === 'data') drawings.push(parser.line);
      if (LABEL_ELEMENTS.includes(tag.local)) text = '';
      return;
    }
    text = '';
    if (tag.local === 'graph') defaults.push(directionOf(tag.attributes['edgedefault']));
    if (tag.local === 'node' && defaults.length > 1) nestedNodes.push(parser.line);
    if (tag.local === 'node' || tag.local === 'edge') {
      open.push({ kind: tag.local, line: parser.line, data: new Map(), tag });
    }
    if (tag.local === 'hyperedge' || tag.local === 'port')
      left.push({ line: parser.line, rule: 'I27', what: tag.local });
  }

  function onClose(): void {
    lastEvent = consumed;
    const tag = path.pop();
    if (tag === undefined) return;
    if (tag.local === 'default' && path.at(-1)?.local === 'key') setDefault(text.trim());
    if (tag.local === 'key') addKey(tag);
    if (isInsideData()) {
      if (LABEL_ELEMENTS.includes(tag.local)) open.at(-1)?.data.set(DRAWN_LABEL, text.trim());
      text = '';
      return;
    }
    if (tag.local === 'data') keepData(tag);
    if (tag.local === 'graph') defaults.pop();
    if (tag.local === 'node' || tag.local === 'edge') closeElement();
  }

  let keyDefault = '';
  function setDefault(value: string): void {
    keyDefault = value;
  }
  function addKey({ attributes }: Tag): void {
    const id = attributes['id'] ?? '';
    const scope = scopeOf(attributes['for']);
    keys.push({ id, name: attributes['attr.name'] ?? id, scope, default: keyDefault });
    keyDefault = '';
    refuseBeyond('columns', keys.length, parser.line);
  }
  function keepData(tag: Tag): void {
    const key = tag.attributes['key'] ?? '';
    const element = open.at(-1);
    const owner = path.at(-1)?.local;
    if (element === undefined || (owner !== 'node' && owner !== 'edge')) return;
    if (text.trim() !== '' && !element.data.has(key)) element.data.set(key, text.trim());
    text = '';
  }
  function closeElement(): void {
    const element = open.pop();
    if (element === undefined) return;
    const { attributes } = element.tag;
    const read = { id: (attributes['id'] ?? '').trim(), line: element.line, data: element.data };
    refuseBeyond('items', nodes.length + edges.length, element.line);
    if (element.kind === 'node') {
      nodes.push(read);
      return;
    }
    const directed = attributes['directed'] === undefined ? defaults.at(-1) : attributes['directed'] === 'true';
    edges.push({
      ...read,
      source: (attributes['source'] ?? '').trim(),
      target: (attributes['target'] ?? '').trim(),
      directed,
    });
  }
  /** Below a `data`, names mean something else. */
  function isInData(): boolean {
    return path.slice(0, -1).some((tag) => tag.local === 'data');
  }
  /** The same for an element that has just been closed. */
  function isInsideData(): boolean {
    return path.some((tag) => tag.local === 'data');
  }

  parser.on('opentag', onOpen);
  parser.on('closetag', onClose);
  const onText = (more: string): void => {
    lastEvent = consumed;
    text += more;
    refuseBeyond('field', text.length, parser.line);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('doctype', () => {
    throw failure('import.unreadable', { rule: 'I22', line: parser.line });
  });
  parser.on('error', (error) => {
    throw failure('import.unreadable', { rule: 'I22', line: parser.line }, error);
  });

  return {
    push(piece) {
      parser.write(piece);
      consumed += piece.length;
      refuseBeyond('token', consumed - lastEvent, parser.line);
    },
    end() {
      parser.close();
      return { keys, nodes, edges, left, nestedNodes, drawings };
    },
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function directionOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'directed';
}

function scopeOf(text: string | undefined): GraphmlKey['scope'] {
  return text === 'node' || text === 'edge' || text === 'graph' ? text : 'all';
}
