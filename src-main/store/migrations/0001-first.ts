/** The first schema: docs/formats/vault.md §4–§8. Written once, never edited; a change is a new migration. */
export const first = {
  version: 1,
  name: 'first',
  sql: `
-- Identities: integers inside, global ids outside (V24)
CREATE TABLE subjects (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16)) STRICT;
CREATE TABLE agencies (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 32)) STRICT;

-- What is true: records, and what was done with them
CREATE TABLE batches (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  extended INTEGER NOT NULL, erased INTEGER NOT NULL, undone_at TEXT
) STRICT;
CREATE TABLE records (
  rid INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  author INTEGER NOT NULL REFERENCES agencies (id),
  subject INTEGER NOT NULL REFERENCES subjects (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'superseded', 'retracted', 'suppressed')),
  batch INTEGER NOT NULL REFERENCES batches (id),
  src INTEGER, dst INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_subject ON records (subject, state);
CREATE INDEX records_by_batch ON records (batch);
CREATE INDEX identities_by_src ON records (src) WHERE kind IN ('same', 'not-same');
CREATE INDEX identities_by_dst ON records (dst) WHERE kind IN ('same', 'not-same');
CREATE INDEX charts_by_case ON records (src) WHERE kind = 'chart';
CREATE TABLE supersessions (target BLOB NOT NULL, by INTEGER NOT NULL, PRIMARY KEY (target, by)) STRICT, WITHOUT ROWID;
CREATE INDEX supersessions_by ON supersessions (by);
CREATE TABLE retractions (
  target BLOB NOT NULL, by INTEGER NOT NULL, action TEXT NOT NULL, PRIMARY KEY (target, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX retractions_by ON retractions (by);
CREATE TABLE tombstones (
  id BLOB NOT NULL PRIMARY KEY, author INTEGER NOT NULL, subject INTEGER NOT NULL, by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_subject ON tombstones (subject);
CREATE TABLE attestations (
  id INTEGER PRIMARY KEY, author INTEGER NOT NULL, kid TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL,
  body TEXT NOT NULL, UNIQUE (author, root)
) STRICT;
CREATE TABLE attestation_leaves (
  attestation INTEGER NOT NULL, leaf INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (attestation, leaf)
) STRICT, WITHOUT ROWID;
CREATE TABLE placements (rid INTEGER PRIMARY KEY, attestation INTEGER NOT NULL, leaf INTEGER NOT NULL, proof BLOB) STRICT;

-- Exchange
CREATE TABLE partners (
  agency INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, is_sample INTEGER NOT NULL, card BLOB NOT NULL,
  state TEXT NOT NULL, added_at TEXT NOT NULL, confirmation TEXT, revoked_at TEXT
) STRICT;
CREATE TABLE streams (
  direction TEXT NOT NULL, agency INTEGER NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, manifest BLOB NOT NULL,
  PRIMARY KEY (direction, agency)
) STRICT, WITHOUT ROWID;
CREATE TABLE manifests (
  direction TEXT NOT NULL, agency INTEGER NOT NULL, manifest BLOB NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
  bundle TEXT NOT NULL, verdict TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (direction, agency, manifest)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifests_by_hash ON manifests (manifest);
CREATE TABLE quarantine (
  manifest BLOB NOT NULL PRIMARY KEY, issuer INTEGER NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
  records INTEGER NOT NULL, received_at TEXT NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE TABLE releases (
  id INTEGER PRIMARY KEY, bundle TEXT NOT NULL, manifest BLOB NOT NULL, case_id INTEGER, purpose TEXT NOT NULL,
  legal_bases TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL
) STRICT;
CREATE TABLE release_recipients (
  release INTEGER NOT NULL, partner INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (release, partner)
) STRICT, WITHOUT ROWID;
CREATE TABLE release_items (
  release INTEGER NOT NULL, partner INTEGER NOT NULL, subject INTEGER NOT NULL, record BLOB NOT NULL, withheld INTEGER NOT NULL,
  PRIMARY KEY (release, partner, subject, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_items_by_subject ON release_items (subject, release, partner);
CREATE INDEX release_items_by_record ON release_items (record, partner);
CREATE TABLE receipts (
  manifest BLOB NOT NULL, partner INTEGER NOT NULL, sequence INTEGER NOT NULL, accepted INTEGER NOT NULL, known INTEGER NOT NULL,
  held INTEGER NOT NULL, refused TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (manifest, partner)
) STRICT, WITHOUT ROWID;

-- Housekeeping
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,
  details TEXT NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'V60'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'V60'); END;
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, content TEXT NOT NULL, audit_size INTEGER NOT NULL,
  audit_hash TEXT NOT NULL, previous TEXT NOT NULL
) STRICT;

-- Projection: dropped and rebuilt at will (docs/formats/vault.md §6)
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
CREATE INDEX links_out ON links (src, dst, type, is_drawable);
CREATE INDEX links_in ON links (dst, src, type, is_drawable);
CREATE INDEX links_undrawn ON links (id) WHERE is_drawable = 0;
CREATE TABLE cases (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, reference TEXT, description TEXT NOT NULL, authors TEXT NOT NULL, tlp TEXT NOT NULL,
  created_at TEXT NOT NULL, changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE case_members (case_id INTEGER NOT NULL, member INTEGER NOT NULL, PRIMARY KEY (case_id, member)) STRICT, WITHOUT ROWID;
CREATE INDEX case_members_by_member ON case_members (member, case_id);
CREATE TABLE chart_positions (
  chart INTEGER NOT NULL, subject INTEGER NOT NULL, case_id INTEGER NOT NULL, author INTEGER NOT NULL, record BLOB NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, pinned INTEGER NOT NULL, PRIMARY KEY (chart, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX chart_positions_by_case ON chart_positions (case_id, chart);
CREATE VIRTUAL TABLE entity_texts USING fts5(
  names, aliases, identifiers, texts, shown UNINDEXED, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO entity_texts (entity_texts, rank) VALUES ('secure-delete', 1);
`,
} as const;
