import { parseArgs } from 'node:util';
import { type Bench, type Measured, measure } from './bench.ts';
import { recordRead } from './record-read.ts';

/** `npm run bench [NAME…] [--size N] [--json]`: every benchmark with its peer; exit status 1 when a goal was missed. */
const BENCHES: readonly Bench[] = [recordRead];

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, size: { type: 'string' } },
  allowPositionals: true,
});
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const size = values.size === undefined ? undefined : Number(values.size);
const isUsable = positionals.every((name) => BENCHES.some((bench) => bench.name === name));

if (!isUsable || (size !== undefined && !(Number.isSafeInteger(size) && size > 0))) {
  process.stderr.write(`bench: [NAME…] [--size N] [--json]; names: ${BENCHES.map(({ name }) => name).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const benches = chosen.map((bench) => measure(bench, size));
  if (values.json) process.stdout.write(`${JSON.stringify({ benches })}\n`);
  else benches.forEach(print);
  process.exitCode = benches.every(({ met }) => met) ? 0 : 1;
}

function print({ name, n, ours, peer, peerCommand, unit, ratio, goal, met }: Measured): void {
  const summary = BENCHES.find((bench) => bench.name === name)?.summary ?? '';
  process.stdout.write(
    `${name} (n = ${n}): ${summary}\n  ours ${ours.toFixed(1)} ${unit}, peer ${peer.toFixed(1)} ${unit} [${peerCommand}]\n` +
      `  ratio ${ratio.toFixed(2)}, goal at most ${goal}: ${met ? 'met' : 'MISSED'}\n`,
  );
}
