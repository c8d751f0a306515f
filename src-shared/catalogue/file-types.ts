/** File types by their ending and by their first bytes: enough to say that a file is not what it claims to be. Nothing is ever opened because of it. */
type FileType = {
  readonly type: string;
  readonly endings: readonly string[];
  /** What such a file begins with; a type without is not told by its bytes. */
  readonly begins?: readonly Signature[];
  /** The type that its first bytes tell, where it is a container of another. */
  readonly within?: string;
};

/** Bytes at a place, as latin-1 text. */
type Signature = { readonly at: number; readonly text: string };

export const UNKNOWN_TYPE = 'application/octet-stream';
const ZIP = 'application/zip';
const OLE = 'application/x-ole-storage';
const MEDIA = 'video/mp4';

/** Sources: the PRONOM registry of The National Archives; file formats' own specifications. */
const FILE_TYPES: readonly FileType[] = [
  { type: 'application/pdf', endings: ['pdf'], begins: starts('%PDF-') },
  { type: 'image/png', endings: ['png'], begins: starts('\x89PNG\r\n\x1A\n') },
  { type: 'image/jpeg', endings: ['jpg', 'jpeg', 'jpe'], begins: starts('\xFF\xD8\xFF') },
  { type: 'image/gif', endings: ['gif'], begins: starts('GIF87a', 'GIF89a') },
  { type: 'image/webp', endings: ['webp'], begins: [{ at: 8, text: 'WEBP' }] },
  { type: 'image/tiff', endings: ['tif', 'tiff'], begins: starts('II*\0', 'MM\0*') },
  { type: 'image/bmp', endings: ['bmp'], begins: starts('BM') },
  { type: 'image/heic', endings: ['heic', 'heif'], within: MEDIA },
  { type: MEDIA, endings: ['mp4', 'm4v'], begins: [{ at: 4, text: 'ftyp' }] },
  { type: 'audio/mp4', endings: ['m4a'], within: MEDIA },
  { type: 'video/quicktime', endings: ['mov'], within: MEDIA },
  { type: 'video/3gpp', endings: ['3gp'], within: MEDIA },
  { type: 'video/x-matroska', endings: ['mkv'], begins: starts('\x1A\x45\xDF\xA3') },
  { type: 'video/webm', endings: ['webm'], within: 'video/x-matroska' },
  { type: 'video/x-msvideo', endings: ['avi'], begins: [{ at: 8, text: 'AVI ' }] },
  { type: 'audio/wav', endings: ['wav'], begins: [{ at: 8, text: 'WAVE' }] },
  { type: 'audio/mpeg', endings: ['mp3'], begins: starts('ID3', '\xFF\xFB', '\xFF\xF3', '\xFF\xF2') },
  { type: 'audio/ogg', endings: ['ogg', 'opus', 'oga'], begins: starts('OggS') },
  { type: 'audio/flac', endings: ['flac'], begins: starts('fLaC') },
  { type: 'audio/amr', endings: ['amr'], begins: starts('#!AMR') },
  { type: ZIP, endings: ['zip'], begins: starts('PK\x03\x04', 'PK\x05\x06') },
  { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'], within: ZIP },
  { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], within: ZIP },
  { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', endings: ['pptx'], within: ZIP },
  { type: 'application/vnd.oasis.opendocument.text', endings: ['odt'], within: ZIP },
  { type: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'], within: ZIP },
  { type: 'application/epub+zip', endings: ['epub'], within: ZIP },
  { type: 'application/vnd.android.package-archive', endings: ['apk'], within: ZIP },
  { type: 'application/java-archive', endings: ['jar'], within: ZIP },
  { type: OLE, endings: [], begins: starts('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1') },
  { type: 'application/msword', endings: ['doc'], within: OLE },
  { type: 'application/vnd.ms-excel', endings: ['xls'], within: OLE },
  { type: 'application/vnd.ms-powerpoint', endings: ['ppt'], within: OLE },
  { type: 'application/vnd.ms-outlook', endings: ['msg'], within: OLE },
  { type: 'application/rtf', endings: ['rtf'], begins: starts('{\\rtf') },
  { type: 'application/x-7z-compressed', endings: ['7z'], begins: starts('7z\xBC\xAF\x27\x1C') },
  { type: 'application/vnd.rar', endings: ['rar'], begins: starts('Rar!\x1A\x07') },
  { type: 'application/gzip', endings: ['gz', 'tgz'], begins: starts('\x1F\x8B') },
  { type: 'application/vnd.sqlite3', endings: ['sqlite', 'db'], begins: starts('SQLite format 3\0') },
  {
    type: 'application/vnd.microsoft.portable-executable',
    endings: ['exe', 'dll', 'scr', 'com'],
    begins: starts('MZ'),
  },
  { type: 'application/x-elf', endings: ['so', 'elf'], begins: starts('\x7FELF') },
  { type: 'application/x-ms-shortcut', endings: ['lnk'], begins: starts('L\0\0\0\x01\x14\x02\0') },
  { type: 'text/html', endings: ['html', 'htm'], begins: starts('<!DOCTYPE html', '<!doctype html', '<html', '<HTML') },
  { type: 'application/xml', endings: ['xml'], begins: starts('<?xml') },
  { type: 'image/svg+xml', endings: ['svg'], begins: starts('<svg') },
  { type: 'text/x-script', endings: ['sh'], begins: starts('#!/') },
  { type: 'message/rfc822', endings: ['eml'] },
  { type: 'text/csv', endings: ['csv'] },
  { type: 'text/plain', endings: ['txt', 'log', 'md'] },
  { type: 'application/json', endings: ['json'] },
];

/** How many bytes `sniffType` looks at. */
export const SNIFFED_LENGTH = 32;

const byEnding: ReadonlyMap<string, FileType> = new Map(
  FILE_TYPES.flatMap((entry) => entry.endings.map((ending) => [ending, entry] as const)),
);
const byType: ReadonlyMap<string, FileType> = new Map(FILE_TYPES.map((entry) => [entry.type, entry]));

/** The type that a file's name claims; undefined when its ending says nothing. */
export function typeOfName(name: string): string | undefined {
  return byEnding.get(/\.([A-Za-z0-9]{1,8})\s*$/.exec(name)?.[1]?.toLowerCase() ?? '')?.type;
}

/** The type that a file's first bytes tell; undefined when they tell none of the table. */
export function sniffType(start: Uint8Array): string | undefined {
  const text = Array.from(start.subarray(0, SNIFFED_LENGTH), (byte) => String.fromCharCode(byte)).join('');
  return FILE_TYPES.find(({ begins }) => begins?.some((one) => text.startsWith(one.text, one.at)))?.type;
}

/** Whether a file is not what its name and its stated type claim: something else by its first bytes, or nothing that begins as it should. */
export function isOddFile(file: {
  readonly name: string;
  readonly type: string;
  readonly sniffed: string | undefined;
}): boolean {
  return [typeOfName(file.name), file.type].some((claimed) => {
    const claim = byType.get(claimed ?? '');
    return claim !== undefined && !fits(claim, file.sniffed);
  });
}

function fits(claim: FileType, sniffed: string | undefined): boolean {
  if (sniffed !== undefined && (sniffed === claim.type || sniffed === claim.within)) return true;
  const isText = /^(text|message)\/|[/+](xml|json)$/.test(claim.type);
  if (isText) return sniffed === undefined || /^text\/|[/+]xml$/.test(sniffed);
  return sniffed === undefined && claim.begins === undefined && claim.within === undefined;
}

function starts(...texts: readonly string[]): readonly Signature[] {
  return texts.map((text) => ({ at: 0, text }));
}
