import { Encrypter } from 'age-encryption';

/** K8: a native age X25519 recipient, `age1` and 58 bech32 characters in lower case, checksum and all. */
export function isRecipient(text: string): boolean {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}
