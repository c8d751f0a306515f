import type { GradingScheme } from '../../domain/grading.ts';
import { type Code, type Verified } from '../code-list.ts';

/** A grading scheme with the meaning of every code. Grades are kept verbatim; there is no official table between schemes. */
export type GradingMeaning = {
  readonly scheme: GradingScheme;
  readonly label: string;
  readonly from: string;
  readonly verified: Verified;
  readonly isLegacy: boolean;
  readonly source: readonly Code[];
  readonly information: readonly Code[];
};

export const gradingSchemes: readonly GradingMeaning[] = [
  {
    scheme: 'europol-4x4',
    label: 'Europol 4x4',
    from: 'Regulation (EU) 2016/794 art. 29',
    verified: 'second-hand',
    isLegacy: false,
    source: [
      {
        code: 'A',
        label: 'No doubt as to authenticity, trustworthiness and competence, or proved reliable in all instances',
      },
      { code: 'B', label: 'Proved reliable in most instances' },
      { code: 'C', label: 'Proved unreliable in most instances' },
      { code: 'X', label: 'Reliability cannot be assessed' },
    ],
    information: [
      { code: '1', label: 'Accuracy not in doubt' },
      { code: '2', label: 'Known personally to the source, not to the official passing it on' },
      { code: '3', label: 'Not known personally to the source, but corroborated by information already recorded' },
      { code: '4', label: 'Not known personally to the source and cannot be corroborated' },
    ],
  },
  {
    scheme: 'uk-3x5x2',
    label: 'UK 3x5x2',
    from: 'College of Policing, as taught in two training decks',
    verified: 'second-hand',
    isLegacy: false,
    source: [
      { code: '1', label: 'Reliable' },
      { code: '2', label: 'Untested' },
      { code: '3', label: 'Not reliable' },
    ],
    information: [
      { code: 'A', label: 'Known directly to the source' },
      { code: 'B', label: 'Known indirectly to the source, but corroborated' },
      { code: 'C', label: 'Known indirectly to the source' },
      { code: 'D', label: 'Not known' },
      { code: 'E', label: 'Suspected to be false' },
    ],
  },
  {
    scheme: 'uk-5x5x5',
    label: 'UK 5x5x5 (old)',
    from: 'National Intelligence Model, as met in older material',
    verified: 'memory',
    isLegacy: true,
    source: [
      { code: 'A', label: 'Always reliable', verified: 'second-hand' },
      { code: 'B', label: 'Mostly reliable', verified: 'second-hand' },
      { code: 'C', label: 'Sometimes reliable', verified: 'second-hand' },
      { code: 'D', label: 'Unreliable', verified: 'memory' },
      { code: 'E', label: 'Untested source', verified: 'memory' },
    ],
    information: [
      { code: '1', label: 'Known to be true without reservation' },
      { code: '2', label: 'Known personally to the source, not to the person reporting' },
      { code: '3', label: 'Not known personally to the source, but corroborated' },
      { code: '4', label: 'Cannot be judged' },
      { code: '5', label: 'Suspected to be false' },
    ],
  },
  {
    scheme: 'nato-admiralty',
    label: 'Admiralty (NATO)',
    from: 'FM 2-22.3; MISP admiralty-scale 5',
    verified: 'source',
    isLegacy: false,
    source: [
      { code: 'A', label: 'Completely reliable' },
      { code: 'B', label: 'Usually reliable' },
      { code: 'C', label: 'Fairly reliable' },
      { code: 'D', label: 'Not usually reliable' },
      { code: 'E', label: 'Unreliable' },
      { code: 'F', label: 'Reliability cannot be judged' },
    ],
    information: [
      { code: '1', label: 'Confirmed by other sources' },
      { code: '2', label: 'Probably true' },
      { code: '3', label: 'Possibly true' },
      { code: '4', label: 'Doubtful' },
      { code: '5', label: 'Improbable' },
      { code: '6', label: 'Truth cannot be judged' },
    ],
  },
];
