import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { VaultLink } from '../../app/vault-link.ts';
import type { CameraPermission } from './camera-permission.ts';
import { PAGE_ORIGIN } from './page-session.ts';

/** What a person does on purpose: not moving the pointer, not scrolling. */
const PRESSES: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'gestureTap', 'touchEnd']);

/** Passes what the page of this window asks to the vault process, and what the vault process says back. Nobody else is heard. */
export function passCalls({ webContents }: BrowserWindow, link: VaultLink, camera: CameraPermission): void {
  const isOurs = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
    senderFrame !== null && senderFrame === webContents.mainFrame && senderFrame.origin === PAGE_ORIGIN;

  ipcMain.handle('chirograph:call', (event, name: unknown, input: unknown) => {
    if (!isOurs(event)) throw new Error('unknown sender');
    return link.call(String(name), input);
  });
  ipcMain.handle('chirograph:camera', (event, isAllowed: unknown) => {
    if (!isOurs(event)) throw new Error('unknown sender');
    camera.allow(isAllowed === true, Date.now());
  });
  webContents.on('input-event', (_event, { type }) => {
    if (PRESSES.has(type)) camera.press(Date.now());
  });
  link.onEvent((event) => {
    if (!webContents.isDestroyed()) webContents.send('chirograph:event', event);
  });
}
