/** How many rows of a table are not what the records say. */
export type Differences = Map<string, number>;

export function note(differences: Differences, where: string, count: number): void {
  if (count > 0) differences.set(where, (differences.get(where) ?? 0) + count);
}
