/** The two globals that Node and every browser share and that src-shared may use. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number };
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: true; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
