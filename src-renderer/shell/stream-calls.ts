import type { PartnerStreams } from '../../src-shared/contract/streams.ts';

/** What calls for somebody: alarms that nobody noted, and partners with which files are kept back. */
export function callsOf(partners: readonly PartnerStreams[]): { readonly alarms: number; readonly frozen: number } {
  return {
    alarms: partners.reduce((sum, { alarms }) => sum + alarms.filter(({ isNoted }) => !isNoted).length, 0),
    frozen: partners.filter(({ incoming, outgoing }) => incoming.isFrozen || outgoing.isFrozen).length,
  };
}
