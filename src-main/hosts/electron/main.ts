import { join } from 'node:path';
import { Menu, app, powerMonitor, protocol } from 'electron';
import { homeFolder } from '../../app/home-folder.ts';
import { linkVaultProcess } from '../../app/vault-link.ts';
import { openPageFiles } from '../../app/page-files.ts';
import { passCalls } from './calls.ts';
import { cameraPermission } from './camera-permission.ts';
import { forkVault } from './fork-vault.ts';
import { PAGE_SCHEME, openSession } from './page-session.ts';
import { openWindow } from './window.ts';

/** The Electron host: one window over one vault process. docs/threat-model.md rows 44–46 and 50 say what each line is for. */
const NO_NETWORK = {
  'disable-background-networking': '',
  'disable-component-update': '',
  'disable-domain-reliability': '',
  'disable-quic': '',
  'disable-sync': '',
  'host-resolver-rules': 'MAP * ~NOTFOUND',
};

app.enableSandbox();
for (const [name, value] of Object.entries(NO_NETWORK)) app.commandLine.appendSwitch(name, value);
protocol.registerSchemesAsPrivileged([
  { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  const home = homeFolder(process.env, process.platform);
  const link = linkVaultProcess(() => forkVault(join(import.meta.dirname, 'vault-process.js'), home));
  const camera = cameraPermission();
  const session = openSession(openPageFiles(join(import.meta.dirname, '../renderer')), camera);
  const window = openWindow(session, join(import.meta.dirname, '../preload/preload.cjs'));
  passCalls(window, link, camera);

  const lock = () => void link.call('vault.lock', {});
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
  window.webContents.on('render-process-gone', lock);
  app.on('second-instance', () => window.show());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => link.kill());
}
