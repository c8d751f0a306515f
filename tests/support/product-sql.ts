import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Every SQL statement that the product's code has: exported constants as they are computed, and literals that stand in the text. */

export type ProductSql = { readonly file: string; readonly name: string; readonly sql: string };

const ROOT = join(import.meta.dirname, '../../src-main');
const STATEMENT = /^\s*(SELECT|WITH|UPDATE|DELETE FROM|INSERT|REPLACE)\b/;
const LITERAL =
  /(?<export>export const (?<name>[A-Z_0-9]+)[^=`'"]*=\s*)?(?<quote>['`"])(?<sql>\s*(?:SELECT|WITH|UPDATE|DELETE FROM)\s(?:(?!\k<quote>)[\s\S])*)\k<quote>/g;

/** Files with SQL, but migrations (which run once) and hosts (which have none). */
function sourceFiles(): string[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/migrations|hosts/.test(name))
    .map((name) => join(ROOT, name))
    .filter((path) => /\b(SELECT|UPDATE|DELETE FROM)\b/.test(readFileSync(path, 'utf8')))
    .toSorted();
}

/** Constants that modules export. */
export async function exportedSql(): Promise<ProductSql[]> {
  const found: ProductSql[] = [];
  for (const path of sourceFiles()) {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    for (const [name, sql] of Object.entries(module)) {
      if (typeof sql === 'string' && STATEMENT.test(sql)) found.push({ file: relative(ROOT, path), name, sql });
    }
  }
  return found;
}

/** Whole literals of the text. */
export function wholeSql(): ProductSql[] {
  return written().filter(({ sql }) => !sql.includes('${'));
}

/** Literals with holes that only running code fills. */
export function sqlWithHoles(): ProductSql[] {
  return written().filter(({ sql }) => sql.includes('${'));
}

function written(): ProductSql[] {
  return sourceFiles().flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, '');
    return [...text.matchAll(LITERAL)].flatMap(({ groups }) => {
      const sql = groups?.['sql'] ?? '';
      if (groups?.['export'] !== undefined) return [];
      return [{ file: relative(ROOT, path), name: sql.trim().split('\n')[0]?.slice(0, 60) ?? '', sql }];
    });
  });
}
