import type { Handling } from '../../../src-shared/domain/record.ts';
import type { SampleAgency, SampleSource } from './sample-case.ts';

/** Two invented agencies. Nobody has these names. */
export const LANTERN_AGENCIES: readonly [SampleAgency, SampleAgency] = [
  { name: 'Northmark Agency', country: 'GB' },
  { name: 'Südhafen Zentralstelle', country: 'DE' },
];

const PURPOSE = 'Identify and protect victims and disrupt the network of Operation Lantern';

const OPEN: Handling = {
  tlp: 'TLP:GREEN',
  codes: ['H0'],
  purposes: [PURPOSE],
  legalBases: ['palermo-10-1', 'untoc-27'],
};
const SHARED: Handling = { tlp: 'TLP:AMBER', codes: ['P'], purposes: [PURPOSE], legalBases: ['eu-uk-tca', 'untoc-27'] };
const GUARDED: Handling = {
  tlp: 'TLP:AMBER+STRICT',
  codes: ['H1', 'H3'],
  caveat: 'Ask the originator before any action at an address or with a person named here.',
  purposes: [PURPOSE],
  legalBases: ['eu-uk-tca', 'coe197-32'],
};
const HELPLINE: Handling = {
  tlp: 'TLP:AMBER',
  codes: ['C'],
  caveat: 'Given by callers in confidence. Not for use in court. Safety of callers first.',
  purposes: [PURPOSE],
  legalBases: ['coe197-33'],
};
/** Who the informants are stays in the house, whatever else is decided. */
const EYES_ONLY: Handling = {
  tlp: 'TLP:RED',
  codes: ['H2', 'H3'],
  caveat: 'Source protection. Handler and deputy only.',
  purposes: ['Source management'],
  legalBases: ['coe197-32'],
};
const GERMAN: Handling = { tlp: 'TLP:AMBER', codes: ['H1'], purposes: [PURPOSE], legalBases: ['led-35', 'untoc-27'] };

/** Seven sources of two agencies, each graded in the scheme that its agency uses; none is converted into another. */
export const LANTERN_SOURCES = {
  covert: {
    agency: 0,
    reference: 'NM covert source 0417',
    grade: { scheme: 'europol-4x4', source: 'B', information: '2' },
    basis: 'fact',
    handling: GUARDED,
  },
  police: {
    agency: 0,
    reference: 'Saltmere Constabulary report SC/2025/0912',
    grade: { scheme: 'uk-3x5x2', source: '1', information: 'A' },
    basis: 'fact',
    handling: SHARED,
  },
  open: {
    agency: 0,
    reference: 'NM open-source monitoring 58',
    grade: { scheme: 'nato-admiralty', source: 'C', information: '3' },
    basis: 'assessment',
    handling: OPEN,
  },
  hotline: {
    agency: 0,
    reference: 'Lighthouse Helpline report LH-2207',
    grade: { scheme: 'uk-5x5x5', source: 'C', information: '4' },
    basis: 'fact',
    handling: HELPLINE,
  },
  handler: {
    agency: 0,
    reference: 'NM source register',
    grade: { scheme: 'europol-4x4', source: 'A', information: '1' },
    basis: 'fact',
    handling: EYES_ONLY,
  },
  register: {
    agency: 1,
    reference: 'SZ register extract 2025-44',
    grade: { scheme: 'europol-4x4', source: 'A', information: '1' },
    basis: 'fact',
    handling: GERMAN,
  },
  observation: {
    agency: 1,
    reference: 'SZ observation 3/25',
    grade: { scheme: 'europol-4x4', source: 'A', information: '3' },
    basis: 'assessment',
    handling: GERMAN,
  },
} as const satisfies Readonly<Record<string, SampleSource>>;

export type LanternSource = keyof typeof LANTERN_SOURCES;
