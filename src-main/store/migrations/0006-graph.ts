/** docs/formats/vault.md §15: the snapshot of the graph. */
export const graph = {
  version: 6,
  name: 'graph',
  sql: `
CREATE TABLE graph_snapshot (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE graph_state (
  id INTEGER PRIMARY KEY CHECK (id = 1), nodes INTEGER NOT NULL, ends INTEGER NOT NULL, batch INTEGER NOT NULL, undone INTEGER NOT NULL,
  erased INTEGER NOT NULL
) STRICT;
`,
} as const;
