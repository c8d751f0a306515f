/** docs/formats/vault.md V103: which records a waiting bundle holds, 64 bytes each: record id, author. */
export const erasure = {
  version: 5,
  name: 'erasure',
  sql: `
CREATE TABLE quarantine_contents (manifest BLOB NOT NULL PRIMARY KEY, held BLOB NOT NULL) STRICT, WITHOUT ROWID;
`,
} as const;
