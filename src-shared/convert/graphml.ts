import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { failure } from '../errors.ts';
import { refuseBeyond } from './limits.ts';

/** Takes GraphML as it stands in the file (docs/formats/import.md §6), element by element as they close: no meaning yet, each with its line. */
export type GraphmlSink = {
  readonly key?: (key: GraphmlKey) => void;
  readonly node?: (node: GraphmlElement) => void;
  readonly edge?: (edge: GraphmlEdge) => void;
  /** An element that has no place in a plan: I26, I27. */
  readonly left?: (line: number, rule: string, what: string) => void;
  readonly nestedNode?: (line: number) => void;
  readonly drawing?: (line: number) => void;
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

export type GraphmlReader = { readonly push: (text: string) => void; readonly end: () => void };

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

/** Reads GraphML piece by piece. Throws import.unreadable or import.too-large. */
export function graphmlReader(sink: GraphmlSink): GraphmlReader {
  const parser = new SaxesParser();
  const path: Tag[] = [];
  const open: Open[] = [];
  const defaults: (boolean | undefined)[] = [];
  let text = '';
  let consumed = 0;
  let lastEvent = 0;
  let isStarted = false;
  let elements = 0;

  function onOpen(opened: SaxesTagPlain): void {
    const tag = { local: localName(opened.name), attributes: opened.attributes };
    lastEvent = consumed;
    path.push(tag);
    refuseBeyond('depth', path.length, parser.line);
    for (const value of Object.values(tag.attributes)) refuseBeyond('field', value.length, parser.line);
    if (!isStarted && tag.local !== 'graphml') throw failure('import.unknown-format', { rule: 'I4' });
    isStarted = true;
    if (isInData()) {
      if (path.at(-2)?.local === 'data') sink.drawing?.(parser.line);
      if (LABEL_ELEMENTS.includes(tag.local)) text = '';
      return;
    }
    text = '';
    if (tag.local === 'graph') defaults.push(directionOf(tag.attributes['edgedefault']));
    if (tag.local === 'node' && defaults.length > 1) sink.nestedNode?.(parser.line);
    if (tag.local === 'node' || tag.local === 'edge') {
      open.push({ kind: tag.local, line: parser.line, data: new Map(), tag });
    }
    if (tag.local === 'hyperedge' || tag.local === 'port') sink.left?.(parser.line, 'I27', tag.local);
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
  let keys = 0;
  function setDefault(value: string): void {
    keyDefault = value;
  }
  function addKey({ attributes }: Tag): void {
    const id = attributes['id'] ?? '';
    const scope = scopeOf(attributes['for']);
    sink.key?.({ id, name: attributes['attr.name'] ?? id, scope, default: keyDefault });
    keyDefault = '';
    keys += 1;
    refuseBeyond('columns', keys, parser.line);
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
    refuseBeyond('items', elements, element.line);
    elements += 1;
    if (element.kind === 'node') {
      sink.node?.(read);
      return;
    }
    const directed = attributes['directed'] === undefined ? defaults.at(-1) : attributes['directed'] === 'true';
    sink.edge?.({
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
