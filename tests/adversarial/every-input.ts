import { approvals } from './inputs/approvals.ts';
import { bodies } from './inputs/bodies.ts';
import { cards } from './inputs/cards.ts';
import { files } from './inputs/files.ts';
import { frames } from './inputs/frames.ts';
import { imports } from './inputs/imports.ts';
import { manifests } from './inputs/manifests.ts';
import { parts } from './inputs/parts.ts';
import { records } from './inputs/records.ts';
import { sealedFiles } from './inputs/sealed.ts';
import { texts } from './inputs/texts.ts';
import type { HostileInput } from './input.ts';

export async function everyInput(): Promise<readonly HostileInput[]> {
  return [
    ...texts,
    ...frames,
    ...manifests,
    ...bodies,
    ...cards,
    ...parts,
    ...files,
    ...approvals,
    ...records,
    ...imports,
    ...(await sealedFiles()),
  ];
}
