/** What an entry of the audit log tells, in words. An action without words is shown by its code. */
const ACTIONS: Readonly<Record<string, string>> = {
  'attachment.add': 'Added an evidence file',
  'attachment.erased': 'Erased evidence files',
  'attachment.export': 'Exported an evidence file',
  'attachment.verify': 'Proved an evidence file',
  'batch.undo': 'Undid a change',
  'case.add-members': 'Put subjects into a case',
  'case.remove-members': 'Took members out of a case',
  'case.save': 'Saved a case',
  'case.state': 'Stated act, means or purpose on a case',
  'chart.save': 'Saved a drawing',
  'entity.save': 'Saved an entity',
  'identity.save': 'Said that two are, or are not, the same',
  'import.apply': 'Imported a file',
  'link.save': 'Saved a link',
  'partner.add': 'Added a partner’s card',
  'partner.confirm': 'Confirmed a partner’s keys',
  'partner.revoke': 'Revoked a partner’s keys',
  'receive.apply': 'Applied what was received',
  'receive.discard': 'Discarded a received file',
  'receive.fork': 'Refused a second file with the same number',
  'receive.quarantine': 'Held a received file for review',
  'receive.receipt': 'Entered a receipt',
  'record.retract': 'Withdrew records',
  'release.seal': 'Sealed a release',
  'sample.open': 'Opened the sample case',
  'vault.created': 'Created the vault',
  'vault.head-accepted': 'Accepted the state in which the vault was found',
  'vault.header-seen': 'Noted the state of the vault’s header',
  'vault.identity': 'Exported the sealing identity',
  'vault.passphrase-changed': 'Changed a passphrase',
  'vault.user-added': 'Added a user',
  'vault.user-removed': 'Removed a user',
};

export function actionText(action: string): string {
  return ACTIONS[action] ?? action;
}
