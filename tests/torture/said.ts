import { z } from 'zod';

/** What the tormented process says on its standard output, one line each: before a step what it is about to do, after it that it is done. */

/** Where the store stands after a step. */
const Stand = z.object({ sequence: z.number(), content: z.string() });
export type Stand = z.infer<typeof Stand>;

/** What must be true once a step is done; while it is pending, either this or what was before. */
const Facts = z.object({
  /** Entities that are held, and those that are not (any more). */
  held: z.array(z.string()).optional(),
  gone: z.array(z.string()).optional(),
  /** Records that were erased. */
  erased: z.array(z.string()).optional(),
  passphrase: z.string().optional(),
});
export type Facts = z.infer<typeof Facts>;

export const Said = z.discriminatedUnion('say', [
  z.object({ say: z.literal('ready'), stand: Stand }),
  z.object({ say: z.literal('begin'), step: z.string(), facts: Facts }),
  z.object({ say: z.literal('done'), step: z.string(), stand: Stand, facts: Facts }),
  /** `reading`: the code with which reading failed afterwards. */
  z.object({
    say: z.literal('refused'),
    step: z.string(),
    code: z.string(),
    stand: Stand.optional(),
    reading: z.string().optional(),
  }),
]);
export type Said = z.infer<typeof Said>;
