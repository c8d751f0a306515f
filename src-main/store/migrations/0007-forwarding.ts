/** docs/formats/vault.md §16: whose word it is who said a record, and who may pass it on. */
export const forwarding = {
  version: 7,
  name: 'forwarding',
  sql: `
-- Attestations that a card proved which came in a bundle; issuer: of that bundle. is_refuted: the author's own card, once confirmed, did not prove it
CREATE TABLE vouched_attestations (
  attestation INTEGER PRIMARY KEY, issuer INTEGER NOT NULL, is_refuted INTEGER NOT NULL CHECK (is_refuted IN (0, 1))
) STRICT;
-- Cards of third authors, each as its issuer passed it on
CREATE TABLE vouched_cards (
  agency INTEGER NOT NULL, issuer INTEGER NOT NULL, name TEXT NOT NULL, card BLOB NOT NULL, at TEXT NOT NULL, PRIMARY KEY (agency, issuer)
) STRICT, WITHOUT ROWID;

-- Edges of records: which permission is about which record
CREATE TABLE permissions (target BLOB NOT NULL, by INTEGER NOT NULL, PRIMARY KEY (target, by)) STRICT, WITHOUT ROWID;
CREATE INDEX permissions_by ON permissions (by);
CREATE INDEX permissions_by_author ON records (author, rid) WHERE kind = 'permission';

-- A batch that came whole came without proofs: its leaves are kept, so that one can be made for who gets a part of it
CREATE INDEX placements_by_attestation ON placements (attestation, leaf);
INSERT INTO attestation_leaves (attestation, leaf, id)
  SELECT p.attestation, p.leaf, r.id FROM attestations a CROSS JOIN placements p ON p.attestation = a.id CROSS JOIN records r ON r.rid = p.rid
  WHERE a.size > 1 AND NOT EXISTS (SELECT 1 FROM attestation_leaves l WHERE l.attestation = a.id)
    AND (SELECT count(*) FROM placements q WHERE q.attestation = a.id) = a.size;
`,
} as const;
