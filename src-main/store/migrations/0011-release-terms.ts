/** docs/policy.md: what our officer says of a partner, what a release was for, what was answered for, and which classes of data went out. */
export const releaseTerms = {
  version: 11,
  name: 'release-terms',
  sql: `
ALTER TABLE partners ADD COLUMN kind TEXT;
CREATE TABLE release_terms (
  release INTEGER PRIMARY KEY, purpose_code TEXT NOT NULL, answers TEXT NOT NULL, kept INTEGER NOT NULL
) STRICT;
CREATE TABLE release_classes (
  partner INTEGER NOT NULL, class TEXT NOT NULL, release INTEGER NOT NULL, PRIMARY KEY (partner, class)
) STRICT, WITHOUT ROWID;
`,
} as const;
