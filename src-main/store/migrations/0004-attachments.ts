/** Evidence files: docs/formats/vault.md V120. */
export const attachments = {
  version: 4,
  name: 'attachments',
  sql: `
-- What is true of files and who had them
CREATE TABLE attachments (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32), size INTEGER NOT NULL, sniffed TEXT,
  state TEXT NOT NULL CHECK (state IN ('held', 'erasing', 'erased'))
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_erasing ON attachments (sha256) WHERE state = 'erasing';
CREATE TABLE custody (
  id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('added', 'exported', 'verified', 'damaged', 'erased')),
  at TEXT NOT NULL, actor TEXT NOT NULL, note TEXT
) STRICT;
CREATE INDEX custody_by_file ON custody (sha256, id);

-- Edges of records, like those of supersedes: which record names which file, and supports which subject (by its global id)
CREATE TABLE attachment_records (sha256 BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (sha256, rid)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX attachment_records_by_rid ON attachment_records (rid);
CREATE TABLE supports (
  subject BLOB NOT NULL CHECK (length(subject) = 16), rid INTEGER NOT NULL, PRIMARY KEY (subject, rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX supports_by_rid ON supports (rid);
`,
} as const;
