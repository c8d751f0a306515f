import { openPageFiles } from '../../app/page-files.ts';
import { linkVaultProcess } from '../../app/vault-link.ts';
import { forkVault } from './fork-vault.ts';
import { type LoopbackServer, startServer } from './server.ts';

/** The loopback host over the vaults in `home`, with the page built in `pageFolder`. Port 0 takes a free one. */
export function startLoopback(options: {
  readonly home: string;
  readonly pageFolder: string;
  readonly port: number;
}): Promise<LoopbackServer> {
  const link = linkVaultProcess(() => forkVault(options.home));
  return startServer({ page: openPageFiles(options.pageFolder), link, port: options.port });
}
