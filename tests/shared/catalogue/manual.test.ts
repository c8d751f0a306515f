import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type EntityKind, entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import { caseProperties } from '../../../src-shared/catalogue/kinds.ts';
import { type LinkKind, linkKinds, linkProperties } from '../../../src-shared/catalogue/link-kinds.ts';
import { codeLists } from '../../../src-shared/catalogue/lists.ts';
import { gradingSchemes } from '../../../src-shared/catalogue/lists/grading.ts';
import type { PropertyKind } from '../../../src-shared/catalogue/property.ts';

const page = fileURLToPath(new URL('../../../docs/manual/kinds.md', import.meta.url));
const POLE = { P: 'person', O: 'object', L: 'location', E: 'event' } as const;

test('the page of kinds in the manual is the catalogue', async () => {
  await expect(manual()).toMatchFileSnapshot(page);
});

function manual(): string {
  return [
    '# Kinds of entities, links and codes',
    'Written from the catalogue by its tests: change `src-shared/catalogue`, not this page. *Identifies* marks what is withheld by default when it belongs to a victim, possible victim, witness or informant.',
    '## Entities',
    ...entityKinds.map(entitySection),
    `### Case\n\n${propertyTable(caseProperties)}`,
    '## Links',
    table(['Type', 'Reads', 'From the far end', 'Direction', 'Remarks'], linkKinds.map(linkRow)),
    `Every link can say:\n\n${propertyTable(linkProperties)}`,
    '## Grades',
    ...gradingSchemes.map(
      (scheme) =>
        `### ${scheme.label}\n\nFrom ${scheme.from}; checked: ${scheme.verified}.\n\n${table(
          ['Code', 'Source'],
          scheme.source.map((code) => [code.code, code.label]),
        )}\n\n${table(
          ['Code', 'Information'],
          scheme.information.map((code) => [code.code, code.label]),
        )}`,
    ),
    '## Code lists',
    ...codeLists
      .filter((list) => list.name !== 'country')
      .map(
        (list) =>
          `### ${list.label} (\`${list.name}\`)\n\nFrom ${list.source}; checked: ${list.verified}.\n\n${table(
            ['Code', 'Meaning'],
            list.codes.map((code) => [`\`${code.code}\``, code.label]),
          )}`,
      ),
  ]
    .join('\n\n')
    .concat('\n');
}

function entitySection(kind: EntityKind): string {
  const facts = [
    `\`${kind.type}\``,
    POLE[kind.pole],
    kind.commitment === 'record' ? 'shared whole or not at all' : 'shared claim by claim',
  ];
  return `### ${kind.label}\n\n${facts.join(', ')}.\n\n${propertyTable(kind.properties)}`;
}

function linkRow(kind: LinkKind): readonly string[] {
  const remarks = [
    kind.isExploitation ? 'exploitation or control' : '',
    kind.identifiesPerson ? 'identifies' : '',
    kind.band === 'other' ? '' : kind.band,
  ];
  const reading = [`\`${kind.type}\``, kind.label, kind.inverse, kind.isDirected ? 'directed' : 'both ways'];
  return [...reading, remarks.filter((remark) => remark !== '').join(', ')];
}

function propertyTable(properties: readonly PropertyKind[]): string {
  return table(
    ['Property', 'Label', 'Value', 'Many', 'Identifies', 'Found by search'],
    properties.map((entry) => [
      `\`${entry.name}\``,
      entry.label,
      entry.list === undefined ? entry.valueType : `code of \`${entry.list}\``,
      entry.isMany ? 'yes' : '',
      entry.identifies ? 'yes' : '',
      entry.search === 'none' ? '' : entry.search,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
