import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../../../src-shared/contract/bridge.ts';
import type { VaultEvent } from '../../../src-shared/contract/methods.ts';

/** All that the page gets of Electron: three functions. The page never sees `ipcRenderer` or its events. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('chirograph:call', name, input),
  onEvent(listener) {
    const hear = (_event: unknown, said: VaultEvent) => listener(said);
    ipcRenderer.on('chirograph:event', hear);
    return () => ipcRenderer.removeListener('chirograph:event', hear);
  },
  allowCamera: (isAllowed) => ipcRenderer.invoke('chirograph:camera', isAllowed),
};

contextBridge.exposeInMainWorld('chirograph', bridge);
