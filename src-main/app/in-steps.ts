/** Does work that may pause: at each pause `pause` is awaited with what the work tells, and what it throws stops the work. */
export async function inSteps<Y, T>(work: Generator<Y, T, undefined>, pause: (told: Y) => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause(step.value);
  }
}
