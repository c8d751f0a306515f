import { type FinderPoints, type Image, decodeQR } from 'qr/decode.js';

/** How long the decoder may go on trying after its first look, in milliseconds. */
export type Patience = 'picture' | 'frame';
const PATIENCE: { readonly [P in Patience]: number } = { picture: 400, frame: 60 };

/** Whoever shows two codes wants one of them read that is not the one that was meant. */
const MOST_CODES = 2;
const WHITE = 255;

/**
 * The texts of the different QR codes in a picture (RGBA), at most two: ISO/IEC 18004 by the `qr` package, which finds one at a time.
 * What was found is painted over in `image` before it is searched again.
 */
export function findCodes(image: Image, patience: Patience): readonly string[] {
  const found = new Set<string>();
  for (let tries = 0; tries < MOST_CODES + 1 && found.size < MOST_CODES; tries += 1) {
    const code = findCode(image, PATIENCE[patience]);
    if (code === undefined) break;
    found.add(code.text);
    paintOver(image, code.at.outline);
  }
  return [...found];
}

/** The decoder throws whatever is wrong with a picture: no code, a broken one, or one that it does not know. */
function findCode(image: Image, timeLimit: number): { readonly text: string; readonly at: FinderPoints } | undefined {
  let at: FinderPoints | undefined;
  try {
    const text = decodeQR(image, { format: 'RGBA', timeLimit, pointsOnDetect: (points) => void (at = points) });
    return at === undefined ? undefined : { text, at };
  } catch {
    return undefined;
  }
}

function paintOver({ data, width, height }: Image, outline: FinderPoints['outline']): void {
  const across = rangeOf(
    outline.map(({ x }) => x),
    width,
  );
  const down = rangeOf(
    outline.map(({ y }) => y),
    height,
  );
  for (let y = down.from; y < down.to; y += 1)
    data.fill(WHITE, 4 * (y * width + across.from), 4 * (y * width + across.to));
}

function rangeOf(places: readonly number[], limit: number): { readonly from: number; readonly to: number } {
  const inside = (place: number) => Math.min(limit, Math.max(0, place));
  return { from: inside(Math.floor(Math.min(...places))), to: inside(Math.ceil(Math.max(...places))) };
}
