/** What is switched on and looked for, as the filters and the search field say. */
export interface Attention {
  readonly shownEntities: ReadonlySet<string>;
  readonly shownLinks: ReadonlySet<string>;
  readonly mode: 'dim' | 'hide';
  /** Entities that match the search; undefined when nothing is searched. */
  readonly found: ReadonlySet<string> | undefined;
  readonly selection: readonly string[];
}
