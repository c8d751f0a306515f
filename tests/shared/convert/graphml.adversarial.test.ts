import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChirographError } from '../../../src-shared/errors.ts';
import { planWholeImport } from '../../../src-shared/convert/plan-import.ts';

const NODES = '<node id="a"/><node id="b"/>';

test('[I22] a document type declaration is refused, with entities or without', () => {
  const laughs = `<!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(100)}">]>`;
  for (const doctype of ['<!DOCTYPE graphml>', '<!DOCTYPE graphml SYSTEM "file:///etc/passwd">', laughs]) {
    expect(() => plan(`${doctype}<graphml><graph>${NODES}</graph></graphml>`)).toThrow(refused('I22'));
  }
});

test('[I22] an entity that nobody declared is refused, the five of XML are read', () => {
  expect(() => plan(`<graphml><graph><node id="&laugh;"/></graph></graphml>`)).toThrow(refused('I22'));
  expect(plan('<graphml><graph><node id="a&amp;&#98;"/></graph></graphml>').entities[0]?.key).toBe('a&b');
});

test.for([
  ['a tag that is never closed', '<graphml><graph><node id="a">'],
  ['tags closed in the wrong order', '<graphml><graph></graphml></graph>'],
  ['two roots', '<graphml/><graphml/>'],
  ['an attribute given twice', '<graphml><graph><node id="a" id="b"/></graph></graphml>'],
  ['text that is no XML', '<graphml><graph>< node'],
  ['a comment that never ends', `<graphml><!-- ${'a'.repeat(100)}`],
])('[I22] %s is refused', ([, text = '']) => {
  expect(() => plan(text)).toThrow(refused('I22'));
});

test('[I22] depth, long values, long texts and endless tags are refused within their limits', () => {
  expect(() => plan(`<graphml>${'<graph>'.repeat(100)}`)).toThrow('import.too-large');
  expect(() => plan(`<graphml><graph><node id="${'a'.repeat(1_100_000)}"/></graph></graphml>`)).toThrow(
    'import.too-large',
  );
  expect(() => plan(`<graphml><graph><node id="a"><data key="k">${'a'.repeat(1_100_000)}</data>`)).toThrow(
    'import.too-large',
  );
  expect(() => plan(`<graphml><!-- ${'a'.repeat(5_000_000)}`)).toThrow('import.too-large');
  expect(() => plan(`<graphml>${'<key id="k"/>'.repeat(5000)}`)).toThrow('import.too-large');
});

test('[I26] an edge to a node that is nowhere is rejected with its line, and nodes may come late', () => {
  const read = plan(
    '<graphml><graph edgedefault="directed">\n<edge source="a" target="b"/>\n<edge source="a" target="z"/>\n<node id="a"/><node id="b"/></graph></graphml>',
  );
  expect(read.links.map((link) => [link.line, link.directed])).toEqual([[2, true]]);
  expect(read.rejected).toEqual([{ line: 3, rule: 'I26', detail: 'an end is not a node of the file' }]);
});

test('a key called __proto__ or constructor is a name like any other', () => {
  const read = plan(
    '<graphml><key id="__proto__" for="node" attr.name="constructor"/><graph><node id="__proto__"><data key="__proto__">x</data></node></graph></graphml>',
  );
  expect(read.entities[0]?.claims).toContainEqual({
    property: 'attribute',
    value: { name: 'constructor', value: 'x' },
  });
});

test('any mixture of tags gives a plan or a failure with a code', () => {
  const part = fc.constantFrom(
    '<graph edgedefault="directed">',
    '</graph>',
    NODES,
    '<node id="a">',
    '</node>',
    '<edge source="a" target="b"/>',
    '<data key="k">',
    '</data>',
    '<y:NodeLabel>',
    '</y:NodeLabel>',
    'x',
    '<![CDATA[',
    ']]>',
    '<key id="k" for="node"/>',
    '<?x?>',
    '&',
    '<port/>',
    '<default>',
    '</default>',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      expect(['plan', 'failure']).toContain(outcome(`<graphml>${parts.join('')}</graphml>`));
    }),
    { numRuns: 1000 },
  );
});

function plan(text: string): ReturnType<typeof planWholeImport> {
  return planWholeImport({ bytes: Buffer.from(text) });
}

function refused(rule: string): unknown {
  return expect.objectContaining({ code: 'import.unreadable', details: expect.objectContaining({ rule }) });
}

function outcome(text: string): string {
  try {
    plan(text);
    return 'plan';
  } catch (error) {
    if (error instanceof ChirographError) return 'failure';
    throw error;
  }
}
