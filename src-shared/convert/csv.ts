import { failure } from '../errors.ts';
import { LIMITS, refuseBeyond } from './limits.ts';

/**
 * RFC 4180 with any delimiter, trimmed fields and every kind of line end (I6). Written here because it has to stop within a field limit,
 * run in pieces and know neither Buffer nor streams; a test holds it to csv-parse.
 */
export type CsvRecord = {
  readonly line: number;
  readonly fields: readonly string[];
  /** Text after a closing quote: the reader cannot know what was meant. */
  readonly isMalformed: boolean;
};

export type Delimiter = ',' | ';' | '\t' | '|' | 'space';

/** Takes text piece by piece. `end` throws import.unreadable when a quote was never closed. */
export type RecordReader = {
  readonly push: (text: string) => readonly CsvRecord[];
  readonly end: () => readonly CsvRecord[];
};

export function recordReader(delimiter: Delimiter): RecordReader {
  return delimiter === 'space' ? wordReader() : delimitedReader(delimiter);
}

type State = 'start' | 'plain' | 'quoted' | 'quote-in-quoted' | 'closed';

function delimitedReader(delimiter: Exclude<Delimiter, 'space'>): RecordReader {
  let state: State = 'start';
  let field = '';
  let fields: string[] = [];
  let line = 1;
  let startLine = 1;
  let quoteLine = 1;
  let isMalformed = false;
  let isAfterReturn = false;
  let found: CsvRecord[] = [];

  function endField(): void {
    fields.push(field.trim());
    field = '';
    state = 'start';
    refuseBeyond('columns', fields.length, startLine);
  }
  function endRecord(): void {
    endField();
    if (fields.length > 1 || fields[0] !== '') found.push({ line: startLine, fields, isMalformed });
    fields = [];
    isMalformed = false;
  }
  function add(text: string): void {
    field += text;
    refuseBeyond('field', field.length, startLine);
  }
  function read(character: string): void {
    if (state === 'quoted') {
      if (character === '"') state = 'quote-in-quoted';
      else add(character);
      return;
    }
    if (state === 'quote-in-quoted' && character === '"') {
      add('"');
      state = 'quoted';
      return;
    }
    if (state === 'quote-in-quoted') state = 'closed';
    if (character === delimiter) endField();
    else if (character === '\n' || character === '\r') endRecord();
    else if (state === 'start' && character === '"' && field.trim() === '') {
      state = 'quoted';
      quoteLine = line;
      field = '';
    } else {
      if (state === 'closed' && character.trim() !== '') isMalformed = true;
      if (state === 'start' && character.trim() !== '') state = 'plain';
      add(character);
    }
  }
  function readAt(character: string): void {
    const isSecondHalf = character === '\n' && isAfterReturn;
    isAfterReturn = character === '\r';
    if (!isSecondHalf || state === 'quoted') read(character);
    if (character === '\r' || (character === '\n' && !isSecondHalf)) line += 1;
    if (fields.length === 0 && field === '' && state === 'start') startLine = line;
  }
  function take(): readonly CsvRecord[] {
    const taken = found;
    found = [];
    return taken;
  }

  return {
    push(text) {
      for (let at = 0; at < text.length; at += 1) {
        const to = state === 'plain' || state === 'quoted' ? endOfRun(text, at, delimiter) : at;
        if (to > at) add(text.slice(at, to));
        if (to > at) isAfterReturn = false;
        at = to;
        if (at < text.length) readAt(text.charAt(at));
      }
      return take();
    },
    end() {
      if (state === 'quoted') throw failure('import.unreadable', { rule: 'I6', line: quoteLine });
      if (field !== '' || fields.length > 0 || state !== 'start') endRecord();
      return take();
    },
  };
}

/** Where the run of characters that mean nothing special ends. */
function endOfRun(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && at - from <= LIMITS.field) {
    const character = text.charAt(at);
    if (character === '"' || character === '\n' || character === '\r' || character === delimiter) return at;
    at += 1;
  }
  return at;
}

/** Words of lines, a word in quotes being one; for edge lists of other tools. */
function wordReader(): RecordReader {
  let rest = '';
  let line = 0;
  function recordOf(text: string): readonly CsvRecord[] {
    line += 1;
    refuseBeyond('field', text.length, line);
    const fields = Array.from(text.matchAll(/"([^"]*)"|\S+/gu), ([word, quoted]) => quoted ?? word);
    refuseBeyond('columns', fields.length, line);
    return fields.length === 0 ? [] : [{ line, fields, isMalformed: false }];
  }
  return {
    push(text) {
      const lines = (rest + text).split(/\r\n|\n|\r(?=[^\n])/u);
      rest = lines.pop() ?? '';
      refuseBeyond('field', rest.length, line + 1);
      return lines.flatMap(recordOf);
    },
    end() {
      return rest === '' ? [] : recordOf(rest.trim());
    },
  };
}
