import { gzipSync } from 'node:zlib';
import { joinBytes, toBytes } from '../../../src-shared/crypto/hash.ts';
import type { HostileInput } from '../input.ts';

/** Tables and drawings that come from outside: docs/formats/import.md I2–I9, I22. */

const NODES = '<node id="a"/><node id="b"/>';
const graph = (inside: string, before = ''): string => `${before}<graphml><graph>${inside}</graph></graphml>`;
const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

const IMPORTS: readonly (readonly [
  refusal: string,
  name: string,
  rows: readonly number[],
  text: string | Uint8Array,
])[] = [
  ['none', 'good', [], graph(NODES)],
  ['import.unreadable I22', 'doctype', [35], graph(NODES, '<!DOCTYPE graphml>')],
  ['import.unreadable I22', 'doctype-external', [35], graph(NODES, '<!DOCTYPE graphml SYSTEM "file:///etc/passwd">')],
  [
    'import.unreadable I22',
    'external-entity',
    [35],
    graph('<node id="&x;"/>', '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
  ],
  [
    'import.unreadable I22',
    'billion-laughs',
    [27, 35],
    graph('<node id="&l10;"/>', `<!DOCTYPE graphml [<!ENTITY l0 "ha">${laughs}]>`),
  ],
  [
    'import.unreadable I22',
    'parameter-entity',
    [35],
    graph(NODES, '<!DOCTYPE graphml [<!ENTITY % x SYSTEM "http://localhost/x"> %x;]>'),
  ],
  ['import.unreadable I22', 'entity-unknown', [35], graph('<node id="&laugh;"/>')],
  ['import.unreadable I22', 'never-closed', [30], '<graphml><graph><node id="a">'],
  ['import.unreadable I22', 'crossed', [30], '<graphml><graph></graphml></graph>'],
  ['import.unreadable I22', 'two-roots', [30], '<graphml/><graphml/>'],
  ['import.unreadable I22', 'attribute-twice', [30], graph('<node id="a" id="b"/>')],
  ['import.unknown-format I4', 'svg', [35], '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['import.unknown-format I4', 'html', [31], '<html><body onload="alert(1)"></body></html>'],
  ['import.unknown-format I4', 'zip', [27], joinBytes(Uint8Array.of(0x50, 0x4b, 3, 4), new Uint8Array(60))],
  ['import.unknown-format I4', 'gzip-bomb', [27], new Uint8Array(gzipSync(new Uint8Array(10_000_000)))],
  ['import.unknown-format I4', 'pdf', [35], toBytes('%PDF-1.7\n')],
];

export const imports: readonly HostileInput[] = IMPORTS.map(([refusal, name, rows, text]) => ({
  door: 'import',
  name: `import-${name}`,
  rows,
  refusal,
  bytes: typeof text === 'string' ? toBytes(text) : text,
}));
