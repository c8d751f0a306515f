import type { Code, CodeList } from '../code-list.ts';

/** An ILO indicator with a crosswalk to HTCDS methods of control and Palermo means: a working aid of ours, nothing official. */
export type IloIndicator = Code & { readonly htcds: readonly string[]; readonly palermoMeans: readonly string[] };

const COERCION = ['other-forms-of-coercion'];

/**
 * The eleven indicators of forced labour. One may suffice, more usually several come together, so nothing here ever computes a verdict
 * from their number.
 */
export const iloIndicators: CodeList<IloIndicator> = {
  name: 'ilo-indicator',
  label: 'ILO indicators of forced labour',
  source: 'International Labour Office, ILO indicators of forced labour',
  verified: 'second-hand',
  codes: [
    {
      code: 'abuse-of-vulnerability',
      label: 'Abuse of vulnerability',
      htcds: [],
      palermoMeans: ['abuse-of-position-of-vulnerability'],
    },
    { code: 'deception', label: 'Deception', htcds: ['FalsePromises'], palermoMeans: ['fraud', 'deception'] },
    {
      code: 'restriction-of-movement',
      label: 'Restriction of movement',
      htcds: ['RestrictsMovement'],
      palermoMeans: ['use-of-force', ...COERCION],
    },
    {
      code: 'isolation',
      label: 'Isolation',
      htcds: ['RestrictsFinancialAccess', 'RestrictsMovement'],
      palermoMeans: COERCION,
    },
    {
      code: 'physical-and-sexual-violence',
      label: 'Physical and sexual violence',
      htcds: ['PhysicalAbuse', 'SexualAbuse'],
      palermoMeans: ['use-of-force'],
    },
    {
      code: 'intimidation-and-threats',
      label: 'Intimidation and threats',
      htcds: ['PhysicalThreats', 'ThreatsLawEnforcement', 'ThreatensChildrenFamily'],
      palermoMeans: ['threat-of-force', ...COERCION],
    },
    {
      code: 'retention-of-identity-documents',
      label: 'Retention of identity documents',
      htcds: ['WithholdsDocuments'],
      palermoMeans: COERCION,
    },
    { code: 'withholding-of-wages', label: 'Withholding of wages', htcds: ['TakesEarnings'], palermoMeans: COERCION },
    { code: 'debt-bondage', label: 'Debt bondage', htcds: ['DebtBondage'], palermoMeans: COERCION },
    {
      code: 'abusive-working-and-living-conditions',
      label: 'Abusive working and living conditions',
      htcds: ['WithholdsNecessities', 'RestrictsMedicalCare'],
      palermoMeans: [],
    },
    { code: 'excessive-overtime', label: 'Excessive overtime', htcds: ['ExcessiveWorkingHours'], palermoMeans: [] },
  ],
};
