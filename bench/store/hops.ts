import type Database from 'better-sqlite3';

/** The neighbourhoods of an entity over the covering indexes, join order fixed: the same SQL on both sides. */

const ONE_HOP = `SELECT e.id, e.type, e.label FROM (
    SELECT dst AS x FROM links WHERE src = ?1 AND is_drawable = 1 UNION SELECT src FROM links WHERE dst = ?1 AND is_drawable = 1
  ) n CROSS JOIN entities e ON e.id = n.x LIMIT 2000`;

const TWO_HOPS = `WITH h1 (x) AS (
    SELECT dst FROM links WHERE src = ?1 AND is_drawable = 1 UNION SELECT src FROM links WHERE dst = ?1 AND is_drawable = 1
  ), h2 (x) AS (
    SELECT l.dst FROM h1 CROSS JOIN links l WHERE l.src = h1.x AND l.is_drawable = 1
    UNION SELECT l.src FROM h1 CROSS JOIN links l WHERE l.dst = h1.x AND l.is_drawable = 1
  ) SELECT e.id, e.type, e.label FROM h2 CROSS JOIN entities e ON e.id = h2.x LIMIT 2000`;

export type Ask<T> = (question: T) => void;

export function oneHopIn(sqlite: Database.Database): Ask<number> {
  const statement = sqlite.prepare(ONE_HOP);
  return (id) => void statement.all({ 1: id });
}

export function twoHopsIn(sqlite: Database.Database): Ask<number> {
  const statement = sqlite.prepare(TWO_HOPS);
  return (id) => void statement.all({ 1: id });
}
