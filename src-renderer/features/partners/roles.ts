import type { Role } from '../../../src-shared/contract/views.ts';

export const ROLES: { readonly [R in Role]: { readonly label: string; readonly may: string } } = {
  analyst: { label: 'analyst', may: 'enters, imports and searches; cannot sign or exchange' },
  officer: {
    label: 'exchange officer',
    may: 'does what an analyst does; confirms partners, releases and receives with the agency’s key',
  },
  lead: { label: 'task-force lead', may: 'reads and reviews; changes nothing' },
};
