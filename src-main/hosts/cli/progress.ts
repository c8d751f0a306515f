import type { VaultEvent } from '../../../src-shared/contract/methods.ts';
import type { Terminal } from './terminal.ts';

/** Tells on standard error how far long work is: a line for every tenth of each stage, so that a log of it stays short. */
export function progressTeller({ complain }: Terminal): (event: VaultEvent) => void {
  let told = '';
  return (event) => {
    if (event.type !== 'progress' || event.total === 0) return;
    const percent = Math.floor((event.done / event.total) * 10) * 10;
    const line = `chirograph: ${event.stage} ${percent} %\n`;
    if (line === told) return;
    told = line;
    complain(line);
  };
}
