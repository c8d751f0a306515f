import { failure } from '../../src-shared/errors.ts';
import type { Credentials } from '../vault/open-vault.ts';

type Given = {
  readonly passphrase?: string | undefined;
  readonly recoveryKey?: string | undefined;
  readonly user?: string | undefined;
};

/** What opens a vault, from what a person gave. Throws `request.invalid` when it was neither a passphrase nor the recovery key. */
export function credentialsOf({ passphrase, recoveryKey, user }: Given): Credentials {
  if (recoveryKey !== undefined) return { recoveryKey };
  if (passphrase === undefined) throw failure('request.invalid', { path: 'passphrase' });
  return user === undefined ? { passphrase } : { passphrase, user };
}
