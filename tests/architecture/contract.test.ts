import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/project.ts';
import { createHandlers } from '../../src-main/app/handlers.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import { errorText } from '../../src-renderer/strings/errors.ts';

function testTexts(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('every method has a handler, and there is no handler without a method', () => {
  const handlers = createHandlers({
    home: join(ROOT, 'test-results/no-home'),
    now: () => new Date(0),
    randomBytes: (length) => new Uint8Array(length),
    emit: () => undefined,
    exit: () => undefined,
  });
  expect(Object.keys(handlers).sort()).toEqual(Object.keys(methods).sort());
});

test('every method is called by name in a test', () => {
  const texts = ['tests/main', 'tests/e2e'].map(testTexts).join('\n');
  expect(Object.keys(methods).filter((name) => !texts.includes(`'${name}'`))).toEqual([]);
});

test('every code that the sources throw has a sentence, and every sentence tells what, state and next step', () => {
  const declared = readFileSync(join(ROOT, 'src-shared/errors.ts'), 'utf8').matchAll(/^ {2}'([a-z.-]+)':/gm);
  const codes = [...declared].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !(code in errorText))).toEqual([]);
});
