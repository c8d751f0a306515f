import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName, visibleName } from '../../../src-shared/catalogue/file-name.ts';
import { isOddFile, sniffType, typeOfName, UNKNOWN_TYPE } from '../../../src-shared/catalogue/file-types.ts';
import { FileHash } from '../../../src-shared/domain/ids.ts';

const hash = FileHash.parse('0123abcd'.repeat(8));
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([
  ['invented lease.pdf', 'invented lease.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\Windows\\System32\\evil.dll', 'evil.dll'],
  ['/absolute/path/', 'path'],
  ['C:\\Users\\x\\a.txt', 'a.txt'],
  ['a\0.pdf', 'a.pdf'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['LPT¹.doc', '_LPT¹.doc'],
  ['COM0', '_COM0'],
  ['Nul .txt', '_Nul.txt'],
  ['console.txt', 'console.txt'],
  ['..', 'file-0123abcd'],
  ['', 'file-0123abcd'],
  [' . ', 'file-0123abcd'],
  ['\u202E\u200B', 'file-0123abcd'],
  ['.bashrc', 'bashrc'],
  ['trailing. . .', 'trailing'],
  ['a<b>c:d"e|f?g*h.txt', 'a_b_c_d_e_f_g_h.txt'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['line\nbreak\r.txt', 'linebreak.txt'],
  ['Квартира №5.jpg', 'Квартира №5.jpg'],
  ['file:stream.txt', 'file_stream.txt'],
  [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(115)}.jpeg`],
  [`${'字'.repeat(300)}.jpeg`, `${'字'.repeat(65)}.jpeg`],
])('[V124] %j is handed out as %j', (name, safe) => {
  expect(safeFileName(name, hash)).toBe(safe);
});

test('[V124] whatever a file is called, its name is one plain part of a path, and the same when made safe again', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '..',
    '.',
    'CON',
    'nul',
    '\0',
    '\u202E',
    ':',
    ' ',
    'a',
    'é',
    '字',
    '\uD800',
    '😀',
  );
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part, { maxLength: 400 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(names, (name) => {
      const safe = safeFileName(name, hash);
      expect(safe).toMatch(/^[^<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]+$/u);
      expect(safe).toMatch(/^[^.\s].*$/u);
      expect(safe).not.toMatch(/[.\s]$/u);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(201);
      expect(safe.split('.')[0]?.trim()).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
      expect(safeFileName(safe, hash)).toBe(safe);
    }),
    { numRuns: 500 },
  );
});

test('[V124] a name is shown with what cannot be seen written out, and otherwise as it came', () => {
  expect(visibleName('photo\u202Egpj.exe')).toBe('photo[U+202E]gpj.exe');
  expect(visibleName('a\0\u200B\n.txt')).toBe('a[U+0000][U+200B][U+000A].txt');
  expect(visibleName('Квартира №5 – дом.jpg')).toBe('Квартира №5 – дом.jpg');
});

test.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\x89PNG\r\n\x1A\n\0', 'image/png'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x10\0\0\0WAVEfmt ', 'audio/wav'],
  ['\0\0\0\x18ftypheic', 'video/mp4'],
  ['MZ\x90\0', 'application/vnd.microsoft.portable-executable'],
  ['PK\x03\x04', 'application/zip'],
  ['plain words', undefined],
  ['', undefined],
])('the first bytes %j tell %s', (text, type) => {
  expect(sniffType(bytes(text))).toBe(type);
});

test.each<[string, string, string | undefined, boolean]>([
  ['lease.pdf', 'application/pdf', 'application/pdf', false],
  ['lease.pdf', 'application/pdf', 'application/vnd.microsoft.portable-executable', true],
  ['lease.pdf', 'application/pdf', undefined, true],
  ['lease.PDF', UNKNOWN_TYPE, 'application/pdf', false],
  ['lease.pdf.exe', 'application/pdf', 'application/pdf', true],
  ['letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip', false],
  ['letter.docx', UNKNOWN_TYPE, 'application/x-ole-storage', true],
  ['photo.heic', 'image/heic', 'video/mp4', false],
  ['notes.txt', 'text/plain', undefined, false],
  ['notes.txt', 'text/plain', 'text/html', false],
  ['notes.txt', 'text/plain', 'application/zip', true],
  ['chats.csv', 'text/csv', undefined, false],
  ['dump.bin', UNKNOWN_TYPE, 'application/gzip', false],
  ['no ending', 'x-invented/thing', undefined, false],
])('%s that came as %s and begins like %s is odd: %s', (name, type, sniffed, odd) => {
  expect(isOddFile({ name, type, sniffed })).toBe(odd);
});

test('the ending of a name tells its type', () => {
  expect(typeOfName('A.B.JPEG')).toBe('image/jpeg');
  expect(typeOfName('photo.jpg ')).toBe('image/jpeg');
  expect(typeOfName('README')).toBeUndefined();
});
