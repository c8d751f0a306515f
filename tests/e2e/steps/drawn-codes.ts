import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { create } from 'qrcode';
import type { SavedFile } from './fields.ts';

/** Codes as pictures, drawn by the test and by another library than the one that reads them. */

const SCALE = 4;
const QUIET = 4;

interface Drawn {
  readonly side: number;
  readonly isDark: (x: number, y: number) => boolean;
}

function draw(text: string): Drawn {
  const { modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], { errorCorrectionLevel: 'L' });
  const isDark = (x: number, y: number) => {
    const [row, column] = [Math.floor(y / SCALE) - QUIET, Math.floor(x / SCALE) - QUIET];
    return Math.min(row, column) >= 0 && Math.max(row, column) < modules.size && modules.get(row, column) !== 0;
  };
  return { side: (modules.size + 2 * QUIET) * SCALE, isDark };
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

/** A picture with these codes side by side, on something that is not white. */
export async function pictureOf(
  page: Page,
  codes: readonly string[],
  type: PictureType = 'image/png',
): Promise<SavedFile> {
  const drawn = codes.map(draw);
  const squares = drawn.map(({ side, isDark }) => {
    const rows = Array.from({ length: side }, (_, y) =>
      Array.from({ length: side }, (__, x) => (isDark(x, y) ? '1' : '0')).join(''),
    );
    return { side, rows };
  });
  const encoded = await page.evaluate(paint, { squares, type });
  return { name: `code.${type.slice(6)}`, bytes: Uint8Array.from(encoded) };
}

interface Squares {
  readonly squares: readonly { readonly side: number; readonly rows: readonly string[] }[];
  readonly type: string;
}

async function paint({ squares, type }: Squares): Promise<number[]> {
  const width = squares.reduce((sum, { side }) => sum + side + 40, 40);
  const height = Math.max(60, ...squares.map(({ side }) => side)) + 80;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#8a9bb0';
  context.fillRect(0, 0, width, height);
  let left = 40;
  for (const { side, rows } of squares) {
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x += 1) {
        context.fillStyle = row[x] === '1' ? '#101010' : '#f4f4f0';
        context.fillRect(left + x, 40 + y, 1, 1);
      }
    });
    left += side + 40;
  }
  return [...new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.9 })).arrayBuffer())];
}

const FRAME = { width: 640, height: 480 };

/** Writes what a camera sees that looks at these codes, one after the other for a second each: YUV4MPEG2, grey. */
export function filmCodes(path: string, codes: readonly string[]): string {
  const header = Buffer.from(`YUV4MPEG2 W${FRAME.width} H${FRAME.height} F10:1 Ip A1:1 C420jpeg\n`, 'latin1');
  const colour = Buffer.alloc((FRAME.width * FRAME.height) / 2, 128);
  const frames = codes.flatMap((code) => {
    const frame = Buffer.concat([Buffer.from('FRAME\n', 'latin1'), grey(draw(code)), colour]);
    return Array.from({ length: 10 }, () => frame);
  });
  writeFileSync(path, Buffer.concat([header, ...frames]));
  return path;
}

function grey({ side, isDark }: Drawn): Buffer {
  const plane = Buffer.alloc(FRAME.width * FRAME.height, 150);
  const [left, top] = [Math.floor((FRAME.width - side) / 2), Math.floor((FRAME.height - side) / 2)];
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) plane[(top + y) * FRAME.width + left + x] = isDark(x, y) ? 20 : 230;
  return plane;
}
