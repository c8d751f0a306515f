import { plainName } from '../catalogue/fold-text.ts';

/** I12: what a column is for. Any other use is the name of a property. */
const RESERVED_USES: readonly string[] = ['id', 'type', 'source', 'target', 'directed', 'ignore'];

export type Column = {
  readonly name: string;
  /** The name as it is compared: plainName. */
  readonly plain: string;
  readonly use: string;
  /** The word of an end says a direction, as in "caller". */
  readonly isDirectedWord?: boolean;
};

type Words = Readonly<Record<string, readonly string[]>>;

const SHARED: Words = {
  note: ['note', 'notes', 'comment', 'comments', 'remarks', 'notas'],
};

const NODE_WORDS: Words = {
  id: ['id', 'node', 'node id', 'key', 'uid', 'identifier', 'actor'],
  name: ['name', 'label', 'full name', 'title', 'nombre', 'etiqueta'],
  alias: ['alias', 'aka', 'nickname', 'also known as', 'apodo'],
  type: ['type', 'kind', 'entity type', 'node type', 'class', 'schema', 'tipo'],
  role: ['role', 'roles', 'rol', 'category', 'categoria', 'funcion'],
  ...SHARED,
};

const EDGE_WORDS: Words = {
  id: ['id', 'edge id', 'link id'],
  type: ['type', 'kind', 'relation', 'relationship', 'link type', 'edge type', 'label', 'tipo', 'relacion'],
  role: ['role', 'rol'],
  weight: ['weight', 'strength', 'value', 'peso'],
  count: ['count', 'frequency', 'times'],
  startOn: ['date', 'start', 'start date', 'when', 'since', 'fecha'],
  endOn: ['end', 'end date', 'until'],
  directed: ['directed'],
  ...SHARED,
};

/** Pairs that name the two ends of a link; a table is an edge list when it has both halves of one. */
const ENDS: readonly { readonly source: string; readonly target: string; readonly isDirected: boolean }[] = [
  { source: 'source', target: 'target', isDirected: false },
  { source: 'src', target: 'dst', isDirected: false },
  { source: 'ego', target: 'alter', isDirected: false },
  { source: 'node1', target: 'node2', isDirected: false },
  { source: 'person1', target: 'person2', isDirected: false },
  { source: 'from', target: 'to', isDirected: true },
  { source: 'tail', target: 'head', isDirected: true },
  { source: 'caller', target: 'callee', isDirected: true },
  { source: 'sender', target: 'receiver', isDirected: true },
  { source: 'payer', target: 'payee', isDirected: true },
  { source: 'origen', target: 'destino', isDirected: false },
  { source: 'de', target: 'a', isDirected: true },
];

const COLUMN_WORDS = new Set([
  ...[NODE_WORDS, EDGE_WORDS].flatMap((words) => Object.values(words).flat().map(plainName)),
  ...ENDS.filter((ends) => ends.target.length > 1).flatMap((ends) => [ends.source, ends.target]),
]);

/** True for a use that is not a property. */
export function isReserved(use: string): boolean {
  return RESERVED_USES.includes(use);
}

/** True for a word that a header uses (I8). */
export function isColumnWord(text: string): boolean {
  return COLUMN_WORDS.has(plainName(text));
}

/** A column with a use. */
export function column(name: string, use: string): Column {
  return { name, plain: plainName(name), use };
}

/** Uses of the columns of a node list (I12); those without a word of their own are `attribute` until a kind claims them (I13). */
export function nodeColumns(names: readonly string[]): readonly Column[] {
  return firstOfEach(names.map((name) => column(name, useOf(NODE_WORDS, name))));
}

/** Uses of the columns of an edge list, or undefined when no pair of them names two ends. */
export function edgeColumns(names: readonly string[]): readonly Column[] | undefined {
  const plain = names.map(plainName);
  const ends = ENDS.find((pair) => plain.includes(pair.source) && plain.includes(pair.target));
  if (ends === undefined) return undefined;
  const [source, target] = [plain.indexOf(ends.source), plain.indexOf(ends.target)];
  return firstOfEach(
    names.map((name, at) => {
      if (at === source) return { ...column(name, 'source'), isDirectedWord: ends.isDirected };
      return column(name, at === target ? 'target' : useOf(EDGE_WORDS, name));
    }),
  );
}

/** Uses of the data of edges in a format that has ends of its own, such as GraphML. */
export function edgeDataColumns(names: readonly string[]): readonly Column[] {
  return firstOfEach(names.map((name) => column(name, useOf(EDGE_WORDS, name))));
}

/** Puts what a person said over what was recognised: by column name, or by number counted from 1. */
export function mapColumns(columns: readonly Column[], mapping: Readonly<Record<string, string>>): readonly Column[] {
  return columns.map((one, at) => {
    const use = mapping[one.name] ?? mapping[String(at + 1)];
    return use === undefined ? one : { ...one, use };
  });
}

function useOf(words: Words, name: string): string {
  const wanted = plainName(name);
  const found = Object.entries(words).find(([, spellings]) =>
    spellings.some((spelling) => plainName(spelling) === wanted),
  );
  return found?.[0] ?? 'attribute';
}

/** Only one column can be the id, an end, the type or the direction; a second one stays an attribute. */
function firstOfEach(columns: readonly Column[]): readonly Column[] {
  const single = new Set(RESERVED_USES.filter((use) => use !== 'ignore'));
  return columns.map((one, at) => {
    const isSecond = single.has(one.use) && columns.findIndex((other) => other.use === one.use) < at;
    return isSecond ? { ...one, use: 'attribute' } : one;
  });
}
