/** What a proof of the whole store says: docs/formats/vault.md, V90–V95. */

export type ProofStage = 'records' | 'tables' | 'audit' | 'indexes' | 'projection' | 'texts';

/** One small piece of the work is done; `rows` of them so far in this stage. */
export type ProofStep = { readonly stage: ProofStage; readonly rows: number };

/**
 * Something that is not as it was written. `page`: bytes that cannot be read; `content`: readable rows that are not the ones the head counts (an
 * old page, a lost change); `audit`: the log; `index`, `texts`: an index that differs from its table; `projection`: rows that differ from what
 * the records say. `where` is a table or an index.
 */
export type Finding = {
  readonly what: 'page' | 'content' | 'audit' | 'index' | 'texts' | 'projection';
  readonly where: string;
  readonly count: number;
};

export type Proof = Generator<ProofStep, readonly Finding[], undefined>;
