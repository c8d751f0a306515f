import { type Patience, findCodes } from './find-codes.ts';
import { MOST_BYTES, type PictureRefusal, checkPicture } from './picture-kind.ts';

/** Reads pictures off the page's thread. It is ended with the dialog, and whatever it holds with it. */

export type CodeRequest = { readonly picture: Blob } | { readonly frame: ImageBitmap };
export type CodeReply = { readonly codes: readonly string[] } | { readonly refused: PictureRefusal | 'damaged' };

/** Enough for the largest code on a fraction of the picture. */
const MOST_SIDE = 2048;

globalThis.addEventListener('message', (event: MessageEvent<CodeRequest>) => {
  void answer(event.data).then((reply) => globalThis.postMessage(reply));
});

async function answer(request: CodeRequest): Promise<CodeReply> {
  if ('frame' in request) return { codes: codesIn(request.frame, 'frame') };
  if (request.picture.size > MOST_BYTES) return { refused: 'too-long' };
  const size = checkPicture(new Uint8Array(await request.picture.arrayBuffer()));
  if (typeof size === 'string') return { refused: size };
  const bitmap = await drawn(request.picture, size.width >= size.height ? 'resizeWidth' : 'resizeHeight', size);
  return bitmap === undefined ? { refused: 'damaged' } : { codes: codesIn(bitmap, 'picture') };
}

/** Undefined where the browser cannot decode what said that it is a picture. */
async function drawn(
  picture: Blob,
  side: 'resizeWidth' | 'resizeHeight',
  { width, height }: { readonly width: number; readonly height: number },
): Promise<ImageBitmap | undefined> {
  const resize = { [side]: MOST_SIDE, resizeQuality: 'medium' } as const;
  try {
    return await createImageBitmap(picture, Math.max(width, height) > MOST_SIDE ? resize : {});
  } catch {
    return undefined;
  }
}

function codesIn(bitmap: ImageBitmap, patience: Patience): readonly string[] {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return [];
  // A picture with transparent parts would be black on black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return findCodes(context.getImageData(0, 0, width, height), patience);
}
