/** docs/formats/vault.md V34, V35: what taking back a received bundle has to know. */
export const received = {
  version: 10,
  name: 'received',
  sql: `
CREATE TABLE received_batches (batch INTEGER PRIMARY KEY, manifest BLOB NOT NULL, attestations TEXT NOT NULL) STRICT;
CREATE INDEX received_batches_by_manifest ON received_batches (manifest);
CREATE TABLE batch_disclosures (
  record BLOB NOT NULL, batch INTEGER NOT NULL, claims TEXT NOT NULL, PRIMARY KEY (record, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_disclosures_by_batch ON batch_disclosures (batch);
CREATE TABLE batch_repeats (
  batch INTEGER NOT NULL, by INTEGER NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (batch, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_repeats_by ON batch_repeats (by);
`,
} as const;
