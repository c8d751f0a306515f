import { z } from 'zod';

/** An audit log as a partner witnesses it: docs/formats/vault.md V61, bundle.md Q14. */
export const Checkpoint = z.strictObject({
  size: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  root: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** `187:0f…`, as it is copied and read out. */
export function checkpointText({ size, root }: Checkpoint): string {
  return `${size}:${root}`;
}

/** What somebody typed or pasted; undefined when it is no checkpoint. Blanks and case do not count. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [, size, root] = /^([1-9][0-9]{0,9}):([0-9a-f]{64})$/.exec(text.replaceAll(/\s/g, '').toLowerCase()) ?? [];
  return Checkpoint.safeParse({ size: Number(size), root }).data;
}
