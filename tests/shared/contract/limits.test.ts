import { expect, test } from 'vitest';
import { z } from 'zod';
import { methods } from '../../../src-shared/contract/methods.ts';

type Node = {
  readonly type?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Node };
  readonly properties?: { readonly [name: string]: Node };
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
};

/** Where in a schema a text or a list may be of any length. A pattern or a format is a limit, too. */
function unlimited(node: Node, path: string): string[] {
  const isText = node.type === 'string' && node.enum === undefined && node.const === undefined;
  const hasForm = node.maxLength !== undefined || node.pattern !== undefined || node.format !== undefined;
  const isFree = (isText && !hasForm) || (node.type === 'array' && node.maxItems === undefined);
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [
    ...(isFree ? [path] : []),
    ...Object.entries(node.properties ?? {}).flatMap(([name, each]) => unlimited(each, `${path}.${name}`)),
    ...Object.entries(node.$defs ?? {}).flatMap(([name, each]) => unlimited(each, `${path}~${name}`)),
    ...(node.items === undefined ? [] : unlimited(node.items, `${path}[]`)),
    ...parts.flatMap((each) => unlimited(each, path)),
  ];
}

test('every text and every list that comes in has a limit', () => {
  const found = Object.entries(methods).flatMap(([name, { input }]) =>
    unlimited(z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }) as Node, name),
  );
  expect(found).toEqual([]);
});
