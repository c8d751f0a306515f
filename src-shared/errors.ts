/**
 * Every failure a person can meet: a code and facts, never a sentence (the sentences live in src-renderer/strings/errors.ts).
 * Codes are API: add, never rename or reuse. Details hold codes, ids, counts and positions, never case data.
 */
export type ErrorDetails = {
  'approval.already-given': Record<string, never>;
  'approval.not-waiting': Record<string, never>;
  'approval.not-yours': Record<string, never>;
  'approval.own-request': Record<string, never>;
  'approval.too-few': { found: number; required: number };
  'attachment.damaged': { rule: string };
  'attachment.missing': Record<string, never>;
  'attachment.no-transfer': Record<string, never>;
  'attachment.stays': { rules: readonly string[] };
  'attachment.too-large': { size: number; limit: number };
  'attachment.too-many-transfers': { limit: number };
  'attachment.wrong-size': { expected: number; found: number };
  'backup.damaged': { rule: string };
  'backup.disturbed': Record<string, never>;
  'backup.malformed': { rule: string };
  'backup.newer-version': { found: number; supported: number };
  'backup.no-transfer': Record<string, never>;
  'backup.too-many-files': { found: number; supported: number };
  'batch.not-undoable': {
    reason: 'released' | 'attested' | 'built-on' | 'received' | 'repeated' | 'extended' | 'erased' | 'undone';
    count: number;
  };
  'bundle.bad-approval': { agency: string };
  'bundle.bad-signature': { agency: string };
  'bundle.damaged': { rule: string };
  'bundle.expired': { notAfter: string };
  'bundle.malformed': { rule: string };
  'bundle.newer-version': { found: number; supported: number };
  'bundle.not-for-us': Record<string, never>;
  'bundle.revoked-signer': { agency: string };
  'bundle.too-large': { rule: string; limit: number };
  'bundle.too-few-approvals': { agency: string; found: number; required: number };
  'bundle.unconfirmed-signer': { agency: string };
  'bundle.unknown-signer': { agency: string };
  'bundle.unproven-record': { rule: string };
  'bundle.unusable-recipient': { index: number };
  'card.bad-signature': Record<string, never>;
  'card.chain-broken': { version: number };
  'card.malformed': { rule: string };
  'card.newer-version': { found: number; supported: number };
  'card.rolled-back': { found: number; held: number };
  'card.weak-key': Record<string, never>;
  'compare.last-file': Record<string, never>;
  'compare.malformed': { rule: string };
  'compare.newer-version': { found: number; supported: number };
  'compare.not-a-comparison': Record<string, never>;
  'compare.other-case': Record<string, never>;
  'entity.invalid-claim': { property: string; rule: string };
  'file.cannot-read': { reason: string };
  'file.cannot-write': { reason: string };
  'file.other-kind': { kind: 'backup' | 'bundle' | 'card' | 'comparison' | 'salvage'; command: string };
  'host.no-session': Record<string, never>;
  'host.unreachable': Record<string, never>;
  'host.vault-ended': Record<string, never>;
  'import.nothing-found': { rule: string };
  'import.too-large': { what: string; limit: number; line: number };
  'import.unknown-format': { rule: string };
  'import.unreadable': { rule: string; line: number };
  'internal': { incident: string };
  'json.malformed': { rule: string };
  'keys.already-signed': Record<string, never>;
  'keys.cannot-sign': Record<string, never>;
  'keys.invalid': { rule: string };
  'keys.no-own-key': Record<string, never>;
  'keys.no-proposal': Record<string, never>;
  'keys.proposal-waits': Record<string, never>;
  'link.unknown-end': { end: 'from' | 'to' };
  'name.ambiguous': { what: 'case' | 'partner'; matches: number };
  'partner.code-differs': Record<string, never>;
  'partner.forked-card': { version: number };
  'partner.not-confirmed': { agency: string };
  'partner.ourselves': Record<string, never>;
  'partner.sample': Record<string, never>;
  'partner.words-differ': Record<string, never>;
  'permission.covers-nothing': Record<string, never>;
  'receive.fast-forward': { sequence: number; epoch: number };
  'receive.fork': { sequence: number };
  'receive.lost-release': { sequence: number };
  'receive.new-epoch': { epoch: number };
  'receive.plan-changed': Record<string, never>;
  'receive.unknown-item': { item: string };
  'receive.unknown-receipt': Record<string, never>;
  'record.malformed': { rule: string };
  'record.newer-version': { found: number; supported: number };
  'record.not-ours': { record: string };
  'release.changed-since-preview': Record<string, never>;
  'release.stopped': { rules: readonly string[] };
  'release.unknown-legal-basis': { code: string };
  'release.unknown-purpose': { code: string };
  'request.cancelled': { job: string };
  'request.forbidden': { method: string; role: string };
  'request.invalid': { path: string };
  'request.too-large': { size: number; limit: number };
  'salvage.disturbed': Record<string, never>;
  'salvage.malformed': { rule: string; line: number };
  'salvage.newer-version': { found: number; supported: number };
  'salvage.no-transfer': Record<string, never>;
  'salvage.not-ours': Record<string, never>;
  'store.not-found': {
    what: 'batch' | 'case' | 'subject' | 'record' | 'quarantine' | 'partner' | 'file' | 'statement';
  };
  'usage.bad-argument': { argument: string; problem: 'invalid' | 'missing' | 'not-needed' };
  'usage.no-passphrase': Record<string, never>;
  'usage.unknown-command': Record<string, never>;
  'vault.busy': Record<string, never>;
  'vault.disk-error': { during: 'reading' | 'writing' };
  'vault.disk-full': Record<string, never>;
  'vault.exists': Record<string, never>;
  'vault.head-damaged': { rule: string; older?: number };
  'vault.header-changed': { rule: string };
  'vault.in-use': Record<string, never>;
  'vault.kdf-out-of-range': { parameter: 'm' | 't' | 'p'; value: number; least: number; most: number };
  'vault.key-missing': Record<string, never>;
  'vault.last-officer': Record<string, never>;
  'vault.locked': Record<string, never>;
  'vault.needs-officer': Record<string, never>;
  'vault.newer-version': { found: number; supported: number };
  'vault.no-room': { needed: number; free: number };
  'vault.not-found': Record<string, never>;
  'vault.older-version': { found: number; supported: number };
  'vault.open-already': Record<string, never>;
  'vault.opened-for-reading': Record<string, never>;
  'vault.outcome-unknown': Record<string, never>;
  'vault.plaintext-store': Record<string, never>;
  'vault.read-only': Record<string, never>;
  'vault.recovery-key-typo': Record<string, never>;
  'vault.rolled-back': {
    found: number;
    expected: number;
    what?: 'file' | 'header' | 'log' | 'page' | 'sidecar';
    lastAt?: string;
    /** The schema of a store that is therefore not brought up to date. */
    older?: number;
  };
  'vault.store-damaged': { rule: string; older?: number };
  'vault.store-missing': Record<string, never>;
  'vault.too-many-attempts': { seconds: number };
  'vault.user-exists': Record<string, never>;
  'vault.user-unknown': Record<string, never>;
  'vault.weak-passphrase': { least: number };
  'vault.wrong-passphrase': Record<string, never>;
  'vault.wrong-recovery-key': Record<string, never>;
};

export type ErrorCode = keyof ErrorDetails;

export type WireError = {
  readonly [C in ErrorCode]: { readonly code: C; readonly details: ErrorDetails[C] };
}[ErrorCode];

/** The only error class a person can meet. `message` is the code, so that nothing else can leak through a log. */
export class ChirographError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails[ErrorCode];

  constructor(code: ErrorCode, details: ErrorDetails[ErrorCode], options?: ErrorOptions) {
    super(code, options);
    this.name = 'ChirographError';
    this.code = code;
    this.details = details;
  }
}

/** Makes (does not throw) the error for a code; pass the cause when translating another error. */
export function failure<C extends ErrorCode>(code: C, details: ErrorDetails[C], cause?: unknown): ChirographError {
  return new ChirographError(code, details, cause === undefined ? undefined : { cause });
}

/** What may leave the process: `{code, details}` of a ChirographError; anything else becomes `internal` with an incident id. */
export function toWireError(error: unknown, incident: string): WireError {
  if (error instanceof ChirographError) return { code: error.code, details: error.details } as WireError;
  return { code: 'internal', details: { incident } };
}
