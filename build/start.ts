import { spawn } from 'node:child_process';
import { getuid } from 'node:process';
import { parseArgs } from 'node:util';
import { homeFolder } from '../src-main/app/home-folder.ts';
import { startLoopback } from '../src-main/hosts/loopback/loopback.ts';
import { openAppWindow } from './app-window.ts';
import { NO_BROWSER, findBrowser } from './find-browser.ts';
import { findElectron } from './find-electron.ts';
import { PAGE_FOLDER, buildPage, isStale } from './page.ts';
import { ROOT, run, say } from './project.ts';

/** `npm start`: Electron when its runtime is here, else the same page in an installed browser over 127.0.0.1. */
const { values } = parseArgs({
  options: {
    loopback: { type: 'boolean', default: false },
    window: { type: 'boolean', default: true },
    port: { type: 'string', default: '0' },
    home: { type: 'string' },
  },
  allowNegative: true,
});
if (values.home !== undefined) process.env['CHIROGRAPH_HOME'] = values.home;

const noWindow = values.window ? whyNoWindow() : 'asked for none (--no-window)';
const electron = values.loopback ? { whyNot: 'asked for the loopback host (--loopback)' } : chooseElectron();
if ('program' in electron) startElectron(electron.program);
else {
  say(`Not in Electron: ${electron.whyNot}. Using the loopback host.`);
  await openLoopback();
}

function chooseElectron(): ReturnType<typeof findElectron> {
  return noWindow === undefined ? findElectron() : { whyNot: noWindow };
}

/** Chromium refuses to run as root with its sandbox on, and without it it is not what we promise. */
function whyNoWindow(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  return getuid?.() === 0 ? 'a browser window does not run as root' : undefined;
}

function startElectron(program: string): void {
  if (isStale('out/main/main.js') && run('electron-vite', ['build', '--config', 'electron.vite.config.ts']) !== 0) {
    process.exitCode = 1;
    return;
  }
  const app = spawn(program, [ROOT], { stdio: 'inherit' });
  app.once('exit', (code) => process.exit(code ?? 0));
}

async function openLoopback(): Promise<void> {
  if (isStale('out/renderer/index.html')) {
    say('Building the page …');
    await buildPage();
  }
  const home = homeFolder(process.env, process.platform);
  const server = await startLoopback({ home, pageFolder: PAGE_FOLDER, port: Number(values.port) });
  const browser = noWindow === undefined ? findBrowser() : undefined;
  const window = browser === undefined ? undefined : openAppWindow(browser, server.launchAddress);
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    window?.close();
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  const sayAddress = (whyNot: string) => {
    say(`No window: ${whyNot}`);
    say(`Open this address in a browser on this machine; it works once:\n\n  ${server.launchAddress}\n`);
  };
  if (window === undefined) sayAddress(noWindow ?? NO_BROWSER);
  else {
    say(`The window is open (${server.origin}).`);
    window.process.once('exit', (code) =>
      code === 0 || isEnding ? end() : sayAddress(`the browser ended with ${code}`),
    );
    window.process.once('error', (error) => sayAddress(error.message));
  }
  say('Ctrl+C ends it and locks the vault.');
}
