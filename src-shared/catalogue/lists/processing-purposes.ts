import type { Code, CodeList } from '../code-list.ts';

/** What data may be used for. A record that is limited to some of these leaves for no other (docs/policy.md, P18). */
export type ProcessingPurpose = Code & {
  /** Preventing, investigating, detecting or prosecuting crime: what `H0` is limited to. */
  readonly isAgainstCrime: boolean;
  /** Used before a court: what `H1` needs the provider's permission for. */
  readonly isJudicial?: true;
};

export const processingPurposes: CodeList<ProcessingPurpose> = {
  name: 'processing-purpose',
  label: 'Purposes of processing',
  source: 'Directive (EU) 2016/680 art. 1(1), 4(1)(b); Palermo Protocol art. 2, 6, 9, 10(1); HTCDS con_Consent',
  verified: 'memory',
  codes: [
    { code: 'investigation', label: 'Investigation of trafficking and connected crime', isAgainstCrime: true },
    { code: 'intelligence', label: 'Intelligence analysis', isAgainstCrime: true },
    { code: 'prosecution', label: 'Preparing a prosecution', isAgainstCrime: true },
    {
      code: 'judicial-proceedings',
      label: 'Use before a court',
      help: 'H1 needs the provider’s permission for this.',
      isAgainstCrime: true,
      isJudicial: true,
    },
    { code: 'prevention', label: 'Prevention of trafficking', isAgainstCrime: true },
    { code: 'border-control', label: 'Checks at the border', isAgainstCrime: true },
    { code: 'asset-recovery', label: 'Tracing and recovery of proceeds', isAgainstCrime: true },
    { code: 'immediate-threat', label: 'Immediate danger to a person', isAgainstCrime: true },
    { code: 'missing-person', label: 'Search for a missing person', isAgainstCrime: false },
    { code: 'victim-identification', label: 'Formal identification of a victim', isAgainstCrime: false },
    { code: 'victim-protection', label: 'Protection and assistance of a victim', isAgainstCrime: false },
    { code: 'return', label: 'Safe return of a victim', isAgainstCrime: false },
    { code: 'compensation', label: 'Compensation of a victim', isAgainstCrime: false },
  ],
};
