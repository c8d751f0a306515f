import type { Command } from './command.ts';
import { accountCommands } from './commands/account.ts';
import { approvalCommands } from './commands/approvals.ts';
import { attachmentCommands } from './commands/attachment.ts';
import { backupCommands } from './commands/backup.ts';
import { compareCommands } from './commands/compare.ts';
import { exchangeCommands } from './commands/exchange.ts';
import { graphCommands } from './commands/graph.ts';
import { keyCommands } from './commands/keys.ts';
import { partnerCommands } from './commands/partner.ts';
import { permissionCommands } from './commands/permission.ts';
import { recordCommands } from './commands/record.ts';
import { storeCommands } from './commands/store.ts';
import { streamCommands } from './commands/streams.ts';
import { tourCommands } from './commands/tour.ts';
import { vaultCommands } from './commands/vault.ts';

/** Every command there is. */
export const COMMANDS: readonly Command[] = [
  ...vaultCommands,
  ...storeCommands,
  ...backupCommands,
  ...recordCommands,
  ...attachmentCommands,
  ...graphCommands,
  ...partnerCommands,
  ...keyCommands,
  ...permissionCommands,
  ...exchangeCommands,
  ...approvalCommands,
  ...streamCommands,
  ...accountCommands,
  ...compareCommands,
  ...tourCommands,
];
