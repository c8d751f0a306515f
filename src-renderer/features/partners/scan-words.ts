import type { CameraRefusal } from './camera.ts';
import type { CodeVerdict } from './judge-code.ts';
import type { PictureRefusal } from './picture-kind.ts';

/** Why what was read, or could not be read, is of no use here. */
export interface ScanProblem {
  readonly tone: 'warn' | 'crit';
  readonly title: string;
  readonly text: string;
}

const ANOTHER_WAY = 'Try another picture, or paste the code as text.';

export type PictureProblem = PictureRefusal | 'damaged' | 'no-code' | 'several-codes' | 'failed';

export const PICTURE_PROBLEMS: { readonly [P in PictureProblem]: ScanProblem } = {
  'too-long': {
    tone: 'warn',
    title: 'This file is too large for a picture of a code.',
    text: 'Chirograph reads pictures of up to 20 MB. Take a smaller one, or paste the code as text.',
  },
  'too-large': {
    tone: 'warn',
    title: 'This picture is too large.',
    text: 'It has more than 50 megapixels. Cut out the code or make the picture smaller.',
  },
  drawing: {
    tone: 'warn',
    title: 'This is a drawing, not a picture.',
    text: 'SVG and other drawings are not opened. Save it as PNG, or take a picture of the screen.',
  },
  'other-format': {
    tone: 'warn',
    title: 'This is no picture that Chirograph reads.',
    text: 'It must be PNG, JPEG or WebP.',
  },
  damaged: { tone: 'warn', title: 'This picture is damaged.', text: `It could not be opened. ${ANOTHER_WAY}` },
  'no-code': {
    tone: 'warn',
    title: 'No code was found in the picture.',
    text: `All of the code must be in it, with its white border, sharp and straight. ${ANOTHER_WAY}`,
  },
  'several-codes': {
    tone: 'crit',
    title: 'There are several different codes in the picture.',
    text: 'Chirograph does not choose between them. Show only the code of the partner’s screen.',
  },
  failed: { tone: 'warn', title: 'The picture could not be read.', text: ANOTHER_WAY },
};

export const CAMERA_PROBLEMS: { readonly [R in CameraRefusal]: ScanProblem } = {
  none: {
    tone: 'warn',
    title: 'No camera was found.',
    text: 'Choose a picture of the code instead, or paste it.',
  },
  refused: {
    tone: 'warn',
    title: 'The camera may not be used.',
    text: 'The permission was refused, here or by the system. Choose a picture of the code instead, or paste it.',
  },
  busy: {
    tone: 'warn',
    title: 'The camera could not be opened.',
    text: 'Another program may be using it. Choose a picture of the code instead, or paste it.',
  },
};

/** K21: why a code does not confirm `partner`; undefined when it is the one of the card that is held. */
export function wrongCode(verdict: CodeVerdict, partner: string): ScanProblem | undefined {
  if (verdict.kind === 'same') return undefined;
  const name = verdict.kind === 'another' ? verdict.name : undefined;
  return { tone: verdict.kind === 'differs' ? 'crit' : 'warn', ...WRONG_CODES[verdict.kind](partner, name) };
}

const WHERE = 'shows under “Keys of this agency”.';

const WRONG_CODES: {
  readonly [K in Exclude<CodeVerdict['kind'], 'same'>]: (partner: string, name?: string) => Omit<ScanProblem, 'tone'>;
} = {
  differs: (partner) => ({
    title: 'This is the code of another card than the one that we hold.',
    text: `It is of ${partner}, but their card is not the one that came to us: it may be older or newer, or somebody is in between. Do not confirm it. Ask for their card again.`,
  }),
  ours: (partner) => ({
    title: 'This is our own code.',
    text: `It is for ${partner} to read. Read the one that their screen ${WHERE}`,
  }),
  another: (partner, name) => ({
    title: name === undefined ? 'This is the code of another agency.' : `This is the code of ${name}.`,
    text: `It does not confirm ${partner}. Nothing was changed.`,
  }),
  card: (partner) => ({
    title: 'This QR code holds a whole card, or other data.',
    text: `It proves nothing about the card that we hold. Read the short code that the screen of ${partner} ${WHERE}`,
  }),
  'no-code': (partner) => ({
    title: 'This is no code of a Chirograph card.',
    text: `It says something else, which was not opened. Read the code that the screen of ${partner} ${WHERE}`,
  }),
};

/** A whole card begins as JSON does; anything else is not worth asking the vault process about. */
export function noCard(read: string): ScanProblem | undefined {
  if (read.trimStart().startsWith('{')) return undefined;
  return {
    tone: 'warn',
    title: 'This QR code holds no card.',
    text: 'Ask the partner to press “Show as QR code” beside “Save our card”. The short code for comparing is not enough.',
  };
}
