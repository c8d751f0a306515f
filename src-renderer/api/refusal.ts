import type { WireError } from '../../src-shared/errors.ts';

/** A call that was refused. `wire` says why: a code and facts; the sentence for it stands in strings/errors.ts. */
export class Refusal extends Error {
  readonly wire: WireError;

  constructor(wire: WireError, options?: ErrorOptions) {
    super(wire.code, options);
    this.name = 'Refusal';
    this.wire = wire;
  }
}
