/** Keys that change, officers' own keys and releases that wait for approval: docs/formats/vault.md V140–V147; bundle.md K19. */
export const keys = {
  version: 8,
  name: 'keys',
  sql: `
-- Our own keys
CREATE TABLE key_cards (version INTEGER PRIMARY KEY, card BLOB NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE key_successions (version INTEGER PRIMARY KEY, nonce BLOB NOT NULL, box BLOB NOT NULL) STRICT;
CREATE TABLE officer_keys (
  slot TEXT NOT NULL PRIMARY KEY, user TEXT NOT NULL, public_key BLOB NOT NULL CHECK (length(public_key) = 32), nonce BLOB NOT NULL,
  box BLOB NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE key_proposals (
  id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, card TEXT NOT NULL, signatures TEXT NOT NULL, nonce BLOB NOT NULL, box BLOB NOT NULL,
  actor TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Releases that wait for approval
CREATE TABLE release_requests (
  id TEXT NOT NULL PRIMARY KEY, request TEXT NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL, needed INTEGER NOT NULL, actor TEXT NOT NULL,
  at TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'withdrawn', 'declined', 'sealed'))
) STRICT, WITHOUT ROWID;
CREATE INDEX release_requests_waiting ON release_requests (at) WHERE state = 'waiting';
CREATE TABLE release_approvals (
  request TEXT NOT NULL, kid TEXT NOT NULL, actor TEXT NOT NULL, signature TEXT, reason TEXT, at TEXT NOT NULL, PRIMARY KEY (request, kid)
) STRICT, WITHOUT ROWID;

-- Partners: what we require of them, cards that were refused as forks, whose records we passed on
CREATE TABLE partner_terms (agency INTEGER PRIMARY KEY, approvals INTEGER NOT NULL) STRICT;
CREATE TABLE card_evidence (id INTEGER PRIMARY KEY, agency INTEGER NOT NULL, card BLOB NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE passed_on (
  author INTEGER NOT NULL, release INTEGER NOT NULL, partner INTEGER NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (author, release, partner)
) STRICT, WITHOUT ROWID;
INSERT INTO passed_on (author, release, partner, records)
  SELECT r.author, i.release, i.partner, count(*) FROM release_items i CROSS JOIN records r ON r.id = i.record
  GROUP BY r.author, i.release, i.partner;

-- What rests on an agency, or on one of its keys, is found without reading records
CREATE INDEX entities_by_authors ON entities (authors);
CREATE INDEX links_by_authors ON links (authors);
`,
} as const;
