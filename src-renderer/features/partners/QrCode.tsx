import { create } from 'qrcode';
import { useMemo } from 'react';

interface Props {
  readonly bytes: Uint8Array;
  readonly label: string;
}

const QUIET = 4;

/** Bytes as a QR code, always dark on light (scanners want it so), with the quiet zone that ISO/IEC 18004 asks for. */
export function QrCode({ bytes, label }: Props) {
  const { size, path } = useMemo(() => drawQr(bytes), [bytes]);
  const side = size + 2 * QUIET;
  return (
    <svg className="qr-code" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** One square a dark module. */
function drawQr(bytes: Uint8Array): { readonly size: number; readonly path: string } {
  const { modules } = create([{ data: new Uint8ClampedArray(bytes), mode: 'byte' }], { errorCorrectionLevel: 'L' });
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) !== 0) squares.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  return { size: modules.size, path: squares.join('') };
}
