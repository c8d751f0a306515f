import Database from 'better-sqlite3';
import { ChirographError, failure } from '../../src-shared/errors.ts';

/** Runs `work`, turning SQLite's and the file system's own failures into ours; anything else passes as it is. */
export function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translate(error);
  }
}

/** The same for work on files alone, where every failure of the system is one of the disk (docs/formats/vault.md, V101). */
export function onDisk<T>(during: 'reading' | 'writing', work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ChirographError) throw error;
    const known = translate(error);
    throw known === error && codeOf(error) !== undefined ? failure('vault.disk-error', { during }, error) : known;
  }
}

/** The failure that a person can act on (V101), or the error itself when it is none of these. */
export function translate(error: unknown): unknown {
  if (error instanceof ChirographError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return failure('vault.disk-full', {}, error);
  if (READ_ONLY.has(code) || code.startsWith('SQLITE_READONLY')) return failure('vault.read-only', {}, error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return failure('vault.in-use', {}, error);
  if (DAMAGED.some((start) => code.startsWith(start))) return failure('vault.store-damaged', { rule: 'V20' }, error);
  const during = diskErrorDuring(code, error);
  return during === undefined ? error : failure('vault.disk-error', { during }, error);
}

/** EFBIG: a limit on the size of a file, which for a person is a full disk. */
const FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'SQLITE_CANTOPEN']);
/** A page whose authentication fails is reported as either of these (measured: 400 of 400 flips), never as an input or output error. */
const DAMAGED = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];
const READING: ReadonlySet<string> = new Set([
  'SQLITE_IOERR_READ',
  'SQLITE_IOERR_SHORT_READ',
  'SQLITE_IOERR_CORRUPTFS',
  'SQLITE_IOERR_FSTAT',
  'SQLITE_IOERR_ACCESS',
]);
/** A disk that fails, or a drive that went away. */
const FAILING: ReadonlySet<string> = new Set([
  'EIO',
  'ENXIO',
  'ENODEV',
  'ESTALE',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'ENOTCONN',
]);

/** A disk that fails is not a damaged store: nothing that is wrong was read, and the same file may be whole on another machine. */
function diskErrorDuring(code: string, error: unknown): 'reading' | 'writing' | undefined {
  if (code.startsWith('SQLITE_IOERR')) return READING.has(code) ? 'reading' : 'writing';
  if (!FAILING.has(code)) return undefined;
  const isRead =
    error instanceof Error && 'syscall' in error && /^(read|stat|lstat|fstat|scandir)$/.test(String(error.syscall));
  return isRead ? 'reading' : 'writing';
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
