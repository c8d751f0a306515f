import type { Code, CodeList } from '../code-list.ts';

export const AGENCY_KINDS = ['police', 'border', 'prosecution', 'ngo', 'international', 'other'] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** What an agency is, as our officer states it: its card does not say, and a legal basis may need it. */
export const agencyKinds: CodeList<Code & { readonly code: AgencyKind }> = {
  name: 'agency-kind',
  label: 'Kind of agency',
  source: 'Directive (EU) 2016/680 art. 3(7), 35(1)(b), 39; Palermo Protocol art. 10(1)',
  verified: 'memory',
  codes: [
    { code: 'police', label: 'Police or other law-enforcement authority' },
    { code: 'border', label: 'Border or immigration authority' },
    { code: 'prosecution', label: 'Prosecution or court' },
    { code: 'ngo', label: 'Non-governmental organisation' },
    { code: 'international', label: 'International organisation', help: 'Europol, INTERPOL and the like.' },
    { code: 'other', label: 'Other public authority' },
  ],
};
