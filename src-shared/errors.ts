/**
 * Every failure a person can meet: a code and facts, never a sentence (the sentences live in src-renderer/strings/errors.ts).
 * Codes are API: add, never rename or reuse. Details hold codes, ids, counts and positions, never case data.
 */
export type ErrorDetails = {
  'internal': { incident: string };
  'host.no-session': Record<string, never>;
  'host.unreachable': Record<string, never>;
  'host.vault-ended': Record<string, never>;
  'request.invalid': { path: string };
  'request.forbidden': { method: string; role: string };
  'request.cancelled': { job: string };
  'request.too-large': { size: number; limit: number };
};

export type ErrorCode = keyof ErrorDetails;

export type WireError = { readonly [C in ErrorCode]: { readonly code: C; readonly details: ErrorDetails[C] } }[ErrorCode];

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
