/**
 * Search (docs/formats/vault.md §10, V80–V89): an ordered index of keys, and one full text. Both are projection, computed again from the
 * records after this (V70).
 */
export const search = {
  version: 3,
  name: 'search',
  sql: `
DROP TABLE entity_texts;
-- words: what is searched; keys: what entity_keys has of the entity, so that it can be taken back exactly (V80); shown: which value stands where
CREATE VIRTUAL TABLE entity_texts USING fts5(
  words, keys UNINDEXED, shown UNINDEXED, prefix = '3', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO entity_texts (entity_texts, rank) VALUES ('secure-delete', 1);
-- key: rank and text (V82); tie: the last bytes of the global id, so that equal keys have an order that is not that of arrival (V85)
CREATE TABLE entity_keys (
  key TEXT NOT NULL, tie BLOB NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (key, tie, entity)
) STRICT, WITHOUT ROWID;
`,
} as const;
