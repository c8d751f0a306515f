import { expect, test } from 'vitest';
import { columnUse } from '../../../src-renderer/features/import/column-use.ts';
import { firstChoice, importRequest } from '../../../src-renderer/features/import/import-choice.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import { SubjectId } from '../../../src-shared/domain/ids.ts';

const file = { name: 'ring.graphml', bytes: new Uint8Array([1, 2, 3]) };
const caseId = SubjectId.parse('01a1ff80-d2e3-7495-9632-440e1ab9de7a');

test('a file goes into a new case called after it, with its name as the source, until a person says otherwise', () => {
  const request = importRequest(file, firstChoice(file.name, undefined));
  expect(request).toMatchObject({
    case: { title: 'ring' },
    name: 'ring.graphml',
    attach: 'auto',
    source: { reference: 'ring.graphml' },
  });
  expect(methods['import.preview'].input.safeParse(request).success).toBe(true);
});

test('a file that is imported from an open case goes into that case', () => {
  expect(importRequest(file, firstChoice(file.name, caseId))?.case).toEqual({ id: caseId });
});

test('what a person says about kinds and direction is passed on, and nothing else is', () => {
  const choice = firstChoice(file.name, caseId);
  const request = importRequest(file, {
    ...choice,
    linkType: 'associate-of',
    direction: 'undirected',
    isAttached: false,
  });
  expect(request).toMatchObject({ linkType: 'associate-of', directed: false, attach: 'never' });
  expect(importRequest(file, choice)).not.toHaveProperty('directed');
  expect(importRequest(file, choice)).not.toHaveProperty('linkType');
});

test('there is no request while the source or the title is missing', () => {
  const choice = firstChoice(file.name, undefined);
  expect(importRequest(file, { ...choice, title: ' ' })).toBeUndefined();
  expect(importRequest(file, { ...choice, statement: { ...choice.statement, reference: '' } })).toBeUndefined();
});

test('what a column becomes is said in words; a use without words is shown as it is', () => {
  expect(columnUse('source')).toBe('First end of the link');
  expect(columnUse('dateOfBirth')).toBe('Date of birth');
  expect(columnUse('no-such-use')).toBe('no-such-use');
});
