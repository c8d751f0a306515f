/** Tells a host that decides about the camera itself when the scanner opens and ends; other hosts leave that to the browser. */
export async function allowCamera(isAllowed: boolean): Promise<void> {
  await window.chirograph?.allowCamera?.(isAllowed);
}
