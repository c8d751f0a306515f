import type Database from 'better-sqlite3';

/**
 * What the planner knows of the sizes of tables, after they changed much. Samples of values are thrown away: they would keep a name that is
 * erased later (R15), and every traversal has its join order written down (V75).
 */
export function analyse(sqlite: Database.Database): void {
  sqlite.pragma('analysis_limit=400');
  for (const table of ANALYSED) sqlite.exec(`ANALYZE ${table}`);
  sqlite.exec('DELETE FROM sqlite_stat4');
}

const ANALYSED = ['records', 'subjects', 'entities', 'links', 'cases', 'case_members', 'supersessions', 'retractions'];
