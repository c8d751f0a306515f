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

/** The failure that a person can act on, or the error itself when it is none of these. */
export function translate(error: unknown): unknown {
  if (error instanceof ChirographError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return failure('vault.disk-full', {}, error);
  if (READ_ONLY.has(code) || code.startsWith('SQLITE_READONLY')) return failure('vault.read-only', {}, error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return failure('vault.in-use', {}, error);
  if (DAMAGED.some((start) => code.startsWith(start))) return failure('vault.store-damaged', { rule: 'V20' }, error);
  return error;
}

const READ_ONLY: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'SQLITE_CANTOPEN']);
/** A page whose authentication fails is reported as any of these. */
const DAMAGED = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR'];

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
