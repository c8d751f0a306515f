import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { VaultLink } from '../../app/vault-link.ts';
import { PAGE_ORIGIN } from './page-session.ts';

/** Passes what the page of this window asks to the vault process, and what the vault process says back. Nobody else is heard. */
export function passCalls({ webContents }: BrowserWindow, link: VaultLink): void {
  const isOurs = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
    senderFrame !== null && senderFrame === webContents.mainFrame && senderFrame.origin === PAGE_ORIGIN;

  ipcMain.handle('chirograph:call', (event, name: unknown, input: unknown) => {
    if (!isOurs(event)) throw new Error('unknown sender');
    return link.call(String(name), input);
  });
  link.onEvent((event) => {
    if (!webContents.isDestroyed()) webContents.send('chirograph:event', event);
  });
}
