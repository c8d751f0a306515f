/** How many rows of a table are not what the records say. */
export type Differences = Map<string, number>;

/** Adds to what differs in one table or index; nothing for 0. */
export function note(differences: Differences, where: string, count: number): void {
  if (count > 0) differences.set(where, (differences.get(where) ?? 0) + count);
}
