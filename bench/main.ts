import { parseArgs } from 'node:util';
import type { Bench, Measured } from './bench.ts';
import { recordRead } from './record-read.ts';
import { exchangeBench } from './exchange/exchange-bench.ts';
import { storeBench } from './store/store-bench.ts';

/** `npm run bench [NAME…] [--size N] [--keep DIR] [--json]`: every benchmark with its peer, told as it is measured; exit status 1 when a goal was missed. */
const BENCHES: readonly Bench[] = [recordRead, exchangeBench, storeBench];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, keep: { type: 'string' }, size: { type: 'string' } },
  allowPositionals: true,
});
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const size = values.size === undefined ? undefined : Number(values.size);
const isUsable = positionals.every((name) => BENCHES.some((bench) => bench.name === name));

if (!isUsable || (size !== undefined && !(Number.isSafeInteger(size) && size > 0))) {
  process.stderr.write(
    `bench: [NAME…] [--size N] [--keep DIR] [--json]; names: ${BENCHES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  const benches = await runAll();
  if (values.json) process.stdout.write(`${JSON.stringify({ benches })}\n`);
  process.exitCode = benches.every(({ met }) => met) ? 0 : 1;
}

async function runAll(): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const bench of chosen) {
    for (const n of size === undefined ? bench.sizes : [size]) {
      process.stderr.write(`${bench.name}, n = ${n}: ${bench.summary}\n`);
      for await (const row of bench.run(n, values.keep)) {
        (values.json ? process.stderr : process.stdout).write(described(row));
        all.push(row);
      }
    }
  }
  return all;
}

function described({ name, n, ours, peer, peerCommand, unit, ratio, goal, met, runs }: Measured): string {
  const verdict = goal === undefined ? 'no goal set' : `goal at most ${goal}: ${met ? 'met' : 'MISSED'}`;
  return (
    `${name} (n = ${n}, ${runs} ${runs === 1 ? 'run' : 'runs'})\n` +
    `  ours ${figure(ours)} ${unit}, peer ${figure(peer)} ${unit} [${peerCommand}]\n  ratio ${ratio.toFixed(2)}, ${verdict}\n`
  );
}

function figure(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(3);
}
