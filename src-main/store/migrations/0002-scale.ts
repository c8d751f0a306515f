/**
 * A million entities: docs/formats/vault.md §6 and §9. The projection is made anew and computed again from the records (V70), so nothing of it is
 * carried over; records keep their integers.
 */
export const scale = {
  version: 2,
  name: 'scale',
  sql: `
-- The index of ids is one of its own, so that a bulk change can put it off (V73). Integers are made here, so no row asks for its parents.
CREATE TABLE scaled_records (
  rid INTEGER PRIMARY KEY,
  id BLOB NOT NULL CHECK (length(id) = 32),
  author INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'superseded', 'retracted', 'suppressed')),
  batch INTEGER NOT NULL,
  src INTEGER, dst INTEGER,
  body TEXT NOT NULL
) STRICT;
INSERT INTO scaled_records (rid, id, author, subject, kind, state, batch, src, dst, body)
  SELECT rid, id, author, subject, kind, state, batch, src, dst, body FROM records ORDER BY rid;
DROP TABLE records;
ALTER TABLE scaled_records RENAME TO records;
CREATE UNIQUE INDEX records_by_id ON records (id);
CREATE INDEX records_by_subject ON records (subject, state);
CREATE INDEX records_by_batch ON records (batch);
CREATE INDEX identities_by_src ON records (src) WHERE kind IN ('same', 'not-same');
CREATE INDEX identities_by_dst ON records (dst) WHERE kind IN ('same', 'not-same');
CREATE INDEX charts_by_case ON records (src) WHERE kind = 'chart';

-- Projection: computed again after this (V70)
DROP TABLE entities;
DROP TABLE links;
DROP TABLE cases;
DROP TABLE case_members;
DELETE FROM chart_positions;
DELETE FROM entity_texts;
CREATE TABLE entities (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, label TEXT NOT NULL, subject_category TEXT, is_protected INTEGER NOT NULL,
  tlp TEXT NOT NULL, authors TEXT NOT NULL, grades TEXT NOT NULL, conflicts INTEGER NOT NULL, withheld INTEGER NOT NULL,
  first_on TEXT, last_on TEXT, review_on TEXT
) STRICT;
CREATE INDEX entities_by_type ON entities (type, label);
CREATE TABLE links (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, src INTEGER NOT NULL, dst INTEGER NOT NULL, directed INTEGER NOT NULL,
  confidence TEXT NOT NULL, tlp TEXT NOT NULL, authors TEXT NOT NULL, grades TEXT NOT NULL, conflicts INTEGER NOT NULL,
  withheld INTEGER NOT NULL, first_on TEXT, last_on TEXT, review_on TEXT, is_drawable INTEGER NOT NULL
) STRICT;
-- A neighbourhood is one scan: links of one end, drawable ones, by type and direction, with the other end and (as in every index) the id (V75)
CREATE INDEX links_out ON links (src, is_drawable, type, directed, dst);
CREATE INDEX links_in ON links (dst, is_drawable, type, directed, src);
CREATE INDEX links_undrawn ON links (id) WHERE is_drawable = 0;
CREATE TABLE cases (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, reference TEXT, description TEXT NOT NULL, authors TEXT NOT NULL, tlp TEXT NOT NULL,
  created_at TEXT NOT NULL, changed_at TEXT NOT NULL, entities INTEGER NOT NULL, links INTEGER NOT NULL
) STRICT;
-- stated: how many live records of the case name the member (V76)
CREATE TABLE case_members (
  case_id INTEGER NOT NULL, member INTEGER NOT NULL, stated INTEGER NOT NULL, PRIMARY KEY (case_id, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_members_by_member ON case_members (member, case_id);
-- live records of cases without their members, so that a title can be changed without reading a million of them (V76)
CREATE TABLE case_statements (rid INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE counts (name TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`,
} as const;
