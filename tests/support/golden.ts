import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A golden file: lines `key: value`, an empty line, then the bytes as base64 or as one text line. Once written it never changes but in a commit
 * that says why the format did.
 */
export type Golden = { readonly facts: ReadonlyMap<string, string>; readonly content: string };

export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
}

export function readGolden(name: string): Golden {
  const text = readFileSync(goldenPath(name), 'utf8');
  const end = text.indexOf('\n\n');
  const pairs = text
    .slice(0, end)
    .split('\n')
    .map((line) => line.split(': '))
    .map(([key = '', ...value]): [string, string] => [key, value.join(': ')]);
  return { facts: new Map(pairs), content: text.slice(end + 2) };
}

export function writeGolden(facts: Readonly<Record<string, string>>, content: string): string {
  const lines = Object.entries(facts).map(([key, value]) => `${key}: ${value}\n`);
  return `${lines.join('')}\n${content}\n`;
}

export function toBase64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,100}/g) ?? []
  ).join('\n');
}

export function fromBase64Lines(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
