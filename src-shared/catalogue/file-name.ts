import type { FileHash } from '../domain/ids.ts';

/** docs/formats/vault.md V124: names of files come from anywhere; they are shown and handed out so that they cannot fool or reach anything. */

const MOST_CHARACTERS = 120;
const MOST_BYTES = 200;
const LONGEST_ENDING = 16;
/** Controls, and marks that are not seen or that turn text around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;
/** What Windows refuses in a name (Microsoft, "Naming Files, Paths, and Namespaces"). */
const REFUSED = /[<>:"/\\|?*]/g;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00B9\u00B2\u00B3])\s*(\.|$)/i;

/** The name as a person should see it: what cannot be seen is written out, such as `[U+202E]`. */
export function visibleName(name: string): string {
  return name.replaceAll(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** A name that any system takes as a file in the folder that the person chose, and nothing else. */
export function safeFileName(name: string, sha256: FileHash): string {
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = trimmed(last.normalize('NFC').replaceAll(INVISIBLE, '').replaceAll(REFUSED, '_'));
  if (plain === '') return `file-${sha256.slice(0, 8)}`;
  return shortened(RESERVED.test(plain) ? `_${plain}` : plain);
}

function trimmed(name: string): string {
  return name.replace(/^[.\s]+|[.\s]+$/gu, '');
}

function shortened(name: string): string {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : '';
  const characters = Array.from(name.slice(0, name.length - ending.length));
  const most = MOST_CHARACTERS - ending.length;
  const kept: string[] = [];
  let bytes = bytesOf(ending);
  for (const character of characters.slice(0, most)) {
    bytes += bytesOf(character);
    if (bytes > MOST_BYTES) break;
    kept.push(character);
  }
  return `${trimmed(kept.join(''))}${ending}`;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
