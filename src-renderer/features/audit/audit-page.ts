/** Which page of the audit screen is open. */
export type AuditPage = (typeof PAGES)[number];

const PAGES = ['log', 'ledger', 'recalls', 'streams', 'changes'] as const;

export function auditPage(value: string | null): AuditPage {
  return PAGES.find((page) => page === value) ?? 'log';
}
