import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvRecord, type Delimiter, recordReader } from '../../../src-shared/convert/csv.ts';

test('[I6] quotes, doubled quotes, line ends inside quotes and every kind of line end', () => {
  const records = read('a,"b ""c""",d\r\n"x\ny", z ,\r1,2,3', ',');
  expect(records).toEqual([
    { line: 1, fields: ['a', 'b "c"', 'd'], isMalformed: false },
    { line: 2, fields: ['x\ny', 'z', ''], isMalformed: false },
    { line: 4, fields: ['1', '2', '3'], isMalformed: false },
  ]);
});

test('[I6] a quote inside a field is a character like any other; text after a closing quote is a mistake', () => {
  expect(read('5" pipe,x', ',')).toEqual([{ line: 1, fields: ['5" pipe', 'x'], isMalformed: false }]);
  expect(read('"a" b,x\nc,d', ',').map((record) => record.isMalformed)).toEqual([true, false]);
});

test('[I6] a quote that is never closed refuses the file and names its line', () => {
  expect(() => read('a,b\nc,"d\ne,f\n', ',')).toThrow(
    expect.objectContaining({ code: 'import.unreadable', details: { rule: 'I6', line: 2 } }),
  );
});

test('[I7] a field beyond the limit is refused before the rest of the file is read, and so are too many fields', () => {
  const reader = recordReader(',');
  const push = (): void => {
    for (let at = 0; at < 1000; at += 1) reader.push(`${at === 0 ? '"' : ''}${'a'.repeat(10_000)}`);
  };
  expect(push).toThrow(
    expect.objectContaining({ code: 'import.too-large', details: { what: 'field', limit: 1_048_576, line: 1 } }),
  );
  expect(() => read(','.repeat(5000), ',')).toThrow('import.too-large');
});

test('[I10] blank lines are no records', () => {
  expect(read('\n\n a \n \n""\nb', ',').map((record) => [record.line, record.fields[0]])).toEqual([
    [3, 'a'],
    [6, 'b'],
  ]);
});

test('words of a line may be quoted', () => {
  expect(read('1 2\r\n "Ida Testova"\t3 \n\n4 5', 'space').map((record) => [record.line, ...record.fields])).toEqual([
    [1, '1', '2'],
    [2, 'Ida Testova', '3'],
    [4, '4', '5'],
  ]);
});

const character = fc.constantFrom('a', 'b', 'é', ' ', '"', '""', ',', ';', '\n', '\r\n', '\r', '=1', '𝔸');

test('what csv-parse accepts is read the same, and where a piece of the file ends does not matter', () => {
  fc.assert(
    fc.property(
      fc.array(character, { maxLength: 40 }),
      fc.constantFrom(',' as const, ';' as const),
      fc.nat(),
      (parts, delimiter, cut) => {
        const text = parts.join('');
        const whole = outcome(() => read(text, delimiter));
        const at = cut % (text.length + 1);
        expect(outcome(() => read(text.slice(0, at), delimiter, text.slice(at)))).toEqual(whole);
        const theirs = oracle(text, delimiter);
        expect(theirs === undefined || hasMistake(text, delimiter) ? whole : theirs).toEqual(whole);
      },
    ),
    { numRuns: 2000 },
  );
});

function read(text: string, delimiter: Delimiter, more = ''): readonly CsvRecord[] {
  const reader = recordReader(delimiter);
  return [...reader.push(text), ...reader.push(more), ...reader.end()];
}

function outcome(work: () => readonly CsvRecord[]): readonly (readonly string[])[] | string {
  try {
    return work().map((record) => record.fields);
  } catch (error) {
    return String(error);
  }
}

/** csv-parse accepts some texts after a closing quote; here they are rejected rows. */
function hasMistake(text: string, delimiter: Delimiter): boolean {
  try {
    return read(text, delimiter).some((record) => record.isMalformed);
  } catch {
    return false;
  }
}

/** Undefined where csv-parse refuses the text: RFC 4180 does not say what it means. */
function oracle(text: string, delimiter: string): readonly (readonly string[])[] | undefined {
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      trim: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return rows.map((row) => row.map((field) => field.trim())).filter((row) => row.length > 1 || row[0] !== '');
  } catch {
    return undefined;
  }
}
