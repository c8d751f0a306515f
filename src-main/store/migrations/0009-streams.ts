/** docs/formats/vault.md §16: what partners' files told, as they came, and what became of withdrawals there. */
export const streams = {
  version: 9,
  name: 'streams',
  sql: `
CREATE TABLE stream_statements (
  manifest BLOB NOT NULL PRIMARY KEY, agency INTEGER NOT NULL, kind TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER, previous BLOB,
  said_at TEXT NOT NULL, ack_epoch INTEGER, ack_sequence INTEGER, ack_manifest BLOB, at TEXT NOT NULL, bytes BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE INDEX stream_statements_by_agency ON stream_statements (agency);
CREATE TABLE receipt_answers (
  manifest BLOB NOT NULL, partner INTEGER NOT NULL, receipt BLOB NOT NULL, said_at TEXT NOT NULL, applied INTEGER, pending INTEGER,
  refused INTEGER, pending_list TEXT NOT NULL, refused_list TEXT NOT NULL, PRIMARY KEY (manifest, partner)
) STRICT, WITHOUT ROWID;
`,
} as const;
