import type { Grade } from '../../../src-shared/domain/grading.ts';
import type { ClaimValue, Handling } from '../../../src-shared/domain/record.ts';

/** The shape of an invented case: plain data that a person can read, turned into records by `lantern.ts`. */

/** Which of the two invented agencies says it: 0 or 1 in `SampleCase.agencies`. */
export type AgencyIndex = 0 | 1;

export interface SampleAgency {
  readonly name: string;
  readonly country: string;
}

/** One source of one agency, with the marking that everything from it carries. */
export interface SampleSource {
  readonly agency: AgencyIndex;
  readonly reference: string;
  readonly grade?: Grade;
  readonly basis: 'fact' | 'assessment';
  readonly handling: Handling;
}

/** Property to value, or to several values. */
export type SampleClaims = Readonly<Record<string, ClaimValue | readonly ClaimValue[]>>;

/** What one source says about one entity. `on` is the day it was collected. */
export interface SampleStatement<Key extends string = string> {
  readonly about: string;
  readonly source: Key;
  readonly on: string;
  readonly claims: SampleClaims;
  /** A correction: the earlier statement of the same agency that this one replaces, by its `id`. */
  readonly id?: string;
  readonly replaces?: string;
}

/** An entity and the first statement about it. */
export interface SampleEntity<Key extends string = string> {
  readonly key: string;
  readonly type: string;
  readonly source: Key;
  readonly on: string;
  readonly claims: SampleClaims;
}

export interface SampleLink<Key extends string = string> {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly source: Key;
  /** When what the link tells began; also the day it was collected unless `collected` says otherwise. */
  readonly on: string;
  readonly claims?: SampleClaims;
}

export interface SampleIdentity<Key extends string = string> {
  readonly kind: 'same' | 'not-same';
  readonly one: string;
  readonly other: string;
  readonly source: Key;
  readonly on: string;
  readonly reason: string;
}

export interface SampleCase<Key extends string = string> {
  readonly agencies: readonly [SampleAgency, SampleAgency];
  readonly sources: Readonly<Record<Key, SampleSource>>;
  readonly entities: readonly SampleEntity<Key>[];
  /** Further statements about entities, by other sources or by the other agency. */
  readonly statements: readonly SampleStatement<Key>[];
  readonly links: readonly SampleLink<Key>[];
  readonly identities: readonly SampleIdentity<Key>[];
  readonly case: {
    readonly key: string;
    readonly title: string;
    readonly reference: string;
    readonly description: string;
    /** Act, means, purpose and indicators, each with the source that evidences it. */
    readonly statements: readonly Omit<SampleStatement<Key>, 'about'>[];
    readonly handling: Handling;
  };
  readonly positions: Readonly<Record<string, readonly [x: number, y: number]>>;
}
