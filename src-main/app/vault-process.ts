import { createHandlers } from './handlers.ts';
import { runVault } from './run-vault.ts';

/** The program of the process that owns the key and the data; a host starts it by `linkVaultProcess`. */
runVault(createHandlers);
