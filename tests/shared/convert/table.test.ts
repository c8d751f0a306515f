import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChirographError } from '../../../src-shared/errors.ts';
import type { ImportOptions, ImportPlan } from '../../../src-shared/convert/import-plan.ts';
import { planImport, planWholeImport } from '../../../src-shared/convert/plan-import.ts';

test.for([
  ['comma', 'source,target\na,b\n'],
  ['semicolon', 'source;target\na;b\n'],
  ['tab', 'source\ttarget\na\tb\n'],
  ['vertical bar', 'source|target\na|b\n'],
  ['white space', 'source target\na b\n'],
  ['white space, without a header', 'a b\nb c\n'],
])('[I5] an edge list split by %s', ([, text = '']) => {
  const plan = planText(text);
  expect(plan.links.map((link) => [link.fromKey, link.toKey])).toContainEqual(['a', 'b']);
});

test('[I5] a list of names is not split at their spaces', () => {
  const plan = planText('Ida Testova\nBoris Beispiel\n');
  expect(plan.entities.map((entity) => entity.key)).toEqual(['Ida Testova', 'Boris Beispiel']);
});

test('[I5] comments of an edge list of numbers are rejected rows', () => {
  const plan = planText('# nodes: 3\n1 2\n2 3\n');
  expect([plan.links.length, plan.rejected]).toEqual([2, [{ line: 1, rule: 'I5', detail: 'a comment' }]]);
});

test('[I8] a header is told by its words, or by numbers under a word', () => {
  expect(planText('id,name\n1,Ida\n').entities).toHaveLength(1);
  expect(planText('name\nIda\n').entities.map((entity) => entity.key)).toEqual(['Ida']);
  expect(planText('1,Ida\n2,Boris\n').entities).toHaveLength(2);
});

test('[I9] a table that says nothing of who or what it is about is refused until a mapping does', () => {
  expect(() => planText('colour,size\nred,1\n')).toThrow('import.nothing-found');
  expect(planText('colour,size\nred,1\n', { mapping: { colour: 'name' } }).entities[0]?.key).toBe('red');
  const mapping = { '1': 'source', '2': 'target' };
  expect(planText('colour,size\nred,1\n', { mapping }).links).toHaveLength(1);
});

test('[I10] rows of another width and rows with a broken quote are rejected, the rest is read', () => {
  const plan = planText('id,name\n1,Ida\n2\n3,Boris,,\n4,Eva,x\n5,"a"b\n');
  expect(plan.entities.map((entity) => entity.key)).toEqual(['1', '3']);
  expect(plan.rejected.map((row) => [row.line, row.rule])).toEqual([
    [3, 'I10'],
    [5, 'I10'],
    [6, 'I6'],
  ]);
});

test('[I11] formula cells stay texts', () => {
  const plan = planText('id,name\n1,=cmd|x\n2,@SUM(A1)\n');
  expect(plan.entities.map((entity) => entity.claims[1]?.value)).toEqual(['=cmd|x', '@SUM(A1)']);
});

test('[I12] a column can be ignored, but only by a person', () => {
  const plan = planText('id,name,secret\n1,Ida,x\n', { mapping: { secret: 'ignore' } });
  expect(plan.entities[0]?.claims).toHaveLength(2);
  expect(plan.columns.map((column) => column.use)).toEqual(['id', 'name', 'ignore']);
});

test('[I13] columns with the name of a property become it, others attributes, and nothing is lost', () => {
  const [entity] = planText('id,name,Date of birth,citizenship,hair\n1,Ida,03/04/1984,México,red\n').entities;
  expect(entity?.claims).toEqual([
    { property: 'externalId', value: '1' },
    { property: 'name', value: 'Ida' },
    { property: 'attribute', value: { name: 'dateOfBirth', value: '03/04/1984' } },
    { property: 'citizenship', value: 'MX' },
    { property: 'attribute', value: { name: 'hair', value: 'red' } },
  ]);
});

test('[I13] a subject category that nobody knows is kept as an attribute and warned about', () => {
  const plan = planText('id,name,subject category\n1,Ida,vitcim\n');
  expect(plan.entities[0]?.claims.at(-1)).toEqual({
    property: 'attribute',
    value: { name: 'subjectCategory', value: 'vitcim' },
  });
  expect(plan.warnings.map((warning) => warning.rule)).toContain('code.unknown');
});

test('[I14] types are understood, and direction is what Gephi says', () => {
  const plan = planText('source,target,type\na,b,Directed\nb,c,Undirected\nc,d,called\nd,e,winked\n');
  expect(plan.links.map((link) => [link.type, link.directed])).toEqual([
    ['associate-of', true],
    ['associate-of', false],
    ['called', true],
    ['associate-of', false],
  ]);
  expect(plan.warnings).toEqual([{ rule: 'I14', count: 1, line: 5, detail: 'type' }]);
});

test('[I14] links between other things than persons are only related', () => {
  expect(planText('source,target\na,b\n', { entityType: 'vehicle' }).links[0]?.type).toBe('related-to');
  expect(() => planText('source,target\na,b\n', { entityType: 'gremlin' })).toThrow('request.invalid');
});

test('[I15] the second row with an id is rejected and names the first', () => {
  expect(planText('id,name\n1,Ida\n1,Eva\n').rejected).toEqual([{ line: 3, rule: 'I15', detail: 'same id as line 2' }]);
});

test('[I16] an id that is a name is one; a number or a code is not', () => {
  const plan = planText('source,target\nIda Testova,n12\n7,Ida Testova\n');
  const names = plan.entities.map((entity) => entity.claims.some((claim) => claim.property === 'name'));
  expect(names).toEqual([true, false, false]);
});

test('[I17] [I18] loops and full repetitions are rejected, two calls are two calls', () => {
  const plan = planText('caller,callee,date\na,b,2026\na,b,2026\na,b,2025\nb,a,2026\na,a,2026\na,,2026\n');
  expect(plan.links.map((link) => link.line)).toEqual([2, 4, 5]);
  expect(plan.rejected.map((row) => [row.line, row.rule])).toEqual([
    [3, 'I18'],
    [6, 'I17'],
    [7, 'I17'],
  ]);
  expect(plan.rejected[0]?.detail).toBe('says the same as line 2');
});

test('[I19] the file goes before the person, the person before the words', () => {
  expect(directed('from,to\na,b\n')).toBe(true);
  expect(directed('from,to\na,b\n', { directed: false })).toBe(false);
  expect(directed('from,to,directed\na,b,TRUE\n', { directed: false })).toBe(true);
  expect(directed('source,target\na,b\n')).toBe(false);
});

test('[I20] a role gives a category where its words are plain, and a warning where not', () => {
  const plan = planText('id,name,role\n1,Ida,"victim, minor"\n2,Eva,bottom\n3,Boris,gaffer\n');
  expect(plan.entities.map((entity) => claimed(entity.claims, 'subjectCategory'))).toEqual([
    'victim',
    'possible-victim',
    undefined,
  ]);
  expect(plan.entities.map((entity) => claimed(entity.claims, 'role'))).toEqual(['victim, minor', 'bottom', 'gaffer']);
  expect(plan.warnings).toEqual([{ rule: 'I20', count: 1, line: 4, detail: 'role' }]);
});

test('[I21] a category is never taken from a name', () => {
  const plan = planText('id,name\n1,Victim Number One\n');
  expect(claimed(plan.entities[0]?.claims ?? [], 'subjectCategory')).toBeUndefined();
  expect(plan.warnings).toEqual([{ rule: 'I21', count: 1, line: 2, detail: 'name' }]);
});

test('[I4] archives, PDF and JSON are refused whatever they are called', () => {
  for (const text of ['PK\u0003\u0004rest', '%PDF-1.7', '{"a":1}', '[{"a":1}]', '<html></html>']) {
    expect(() => planText(text)).toThrow('import.unknown-format');
  }
  expect(() => planWholeImport({ bytes: Buffer.from('id,name\n1,Ida\n'), format: 'graphml' })).toThrow(
    'import.unknown-format',
  );
});

test('an empty file, or one with a header only, has nothing to import', () => {
  for (const text of ['', '\n\n', '\uFEFF', 'id,name\n']) expect(() => planText(text)).toThrow('import.nothing-found');
});

test('an import goes in steps, so that it can be stopped', () => {
  const bytes = Buffer.from(
    `source,target\n${Array.from({ length: 80_000 }, (_, at) => `${at},${at + 1}\n`).join('')}`,
  );
  const steps = planImport({ bytes });
  const first = steps.next();
  expect(first).toMatchObject({ done: false, value: { total: bytes.length } });
  expect(planWholeImport({ bytes }).links).toHaveLength(80_000);
});

const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('victim', 'Ida', '1', '=1', '"', 'x,y', 'MX', '2026-03', '\u202E'),
);

test('every row is accounted for, and every cell can be found again', () => {
  const header = ['id', 'name', 'role', 'occupation', 'Date of birth', 'hair'];
  const row = fc.array(cell, { minLength: header.length, maxLength: header.length });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const texts = rows.map((cells) => cells.map((text) => text.replaceAll('\0', '').trim()));
      const plan = planText([header, ...texts].map((cells) => cells.map(quoted).join(',')).join('\n'));
      expect(plan.entities.length + plan.rejectedTotal).toBe(plan.read);
      const lost = plan.entities.filter((entity) => {
        const said = JSON.stringify([entity.key, ...entity.claims]).toLowerCase();
        const cells = texts.find((one) => (one[0] || one[1]) === entity.key) ?? [];
        return cells.some((text) => text !== '' && !said.includes(JSON.stringify(text).slice(1, -1).toLowerCase()));
      });
      expect(lost).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('any bytes give a plan or a failure with a code, and always the same', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      expect(outcome(input)).toEqual(outcome(input));
    }),
    { numRuns: 500 },
  );
});

function directed(text: string, options: ImportOptions = {}): boolean | undefined {
  return planText(text, options).links[0]?.directed;
}

function planText(text: string, options: ImportOptions = {}): ImportPlan {
  return planWholeImport({ bytes: Buffer.from(text), options });
}

function claimed(claims: ImportPlan['entities'][number]['claims'], property: string): unknown {
  return claims.find((claim) => claim.property === property)?.value;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function outcome(bytes: Uint8Array): unknown {
  try {
    return planWholeImport({ bytes });
  } catch (error) {
    if (error instanceof ChirographError) return [error.code, error.details];
    throw error;
  }
}
