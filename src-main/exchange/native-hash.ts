import { hash } from 'node:crypto';

/** `HashText` by Node's one-shot SHA-256, which takes the text as it is. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}
