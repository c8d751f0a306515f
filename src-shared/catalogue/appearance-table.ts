export type Shape = 'ellipse' | 'round-rectangle' | 'round-tag' | 'round-hexagon' | 'diamond';
type ThemePair = { readonly light: string; readonly dark: string };

/** Three cues for every kind (shape, icon, ink), so that colour is never alone. Icons are names of Tabler outline icons. */
export type Appearance = {
  readonly icon: string;
  readonly shape: Shape;
  readonly ink: ThemePair;
  readonly fill: ThemePair;
  readonly border: 'solid' | 'dashed';
};

const pairs = {
  purple: [
    { light: '#7b2d8b', dark: '#e0a6ee' },
    { light: '#f6e8f9', dark: '#3a2142' },
  ],
  red: [
    { light: '#b3261e', dark: '#ff9d94' },
    { light: '#fdeceb', dark: '#45211f' },
  ],
  blue: [
    { light: '#1f5fa8', dark: '#8fbdf5' },
    { light: '#e7f0fb', dark: '#1c304a' },
  ],
  green: [
    { light: '#1b6e4a', dark: '#7fd3a9' },
    { light: '#e4f4ec', dark: '#17352a' },
  ],
  orange: [
    { light: '#8a5200', dark: '#f0b95c' },
    { light: '#fcf0dd', dark: '#3d2d12' },
  ],
  grey: [
    { light: '#4b5563', dark: '#b7c0cc' },
    { light: '#eceef1', dark: '#2c323b' },
  ],
  pink: [
    { light: '#a3195b', dark: '#f59bc5' },
    { light: '#fce7f1', dark: '#431c31' },
  ],
  teal: [
    { light: '#0b6b75', dark: '#6fcfda' },
    { light: '#e0f3f5', dark: '#12363b' },
  ],
  olive: [
    { light: '#5a5f00', dark: '#d0d65a' },
    { light: '#f3f4d9', dark: '#33351a' },
  ],
  brown: [
    { light: '#5b4a3f', dark: '#cdb6a7' },
    { light: '#f1ebe7', dark: '#35291f' },
  ],
  indigo: [
    { light: '#3d4aa8', dark: '#aab4ff' },
    { light: '#e9ebfb', dark: '#242a4d' },
  ],
} as const satisfies Readonly<Record<string, readonly [ThemePair, ThemePair]>>;

/** An appearance from a named ink. */
export function drawn(
  icon: string,
  shape: Shape,
  ink: keyof typeof pairs,
  border: Appearance['border'] = 'solid',
): Appearance {
  return { icon, shape, ink: pairs[ink][0], fill: pairs[ink][1], border };
}

/** Persons by subject category. Witness and informant share one icon, so that a projected chart does not point at the informant. */
export const personAppearances: Readonly<Record<string, Appearance>> = {
  'victim': drawn('user-heart', 'ellipse', 'purple'),
  'possible-victim': drawn('user-heart', 'ellipse', 'purple', 'dashed'),
  'suspect': drawn('spy', 'ellipse', 'red'),
  'convicted': drawn('spy', 'ellipse', 'red'),
  'witness': drawn('user-exclamation', 'ellipse', 'grey'),
  'informant': drawn('user-exclamation', 'ellipse', 'grey'),
  'contact': drawn('user', 'ellipse', 'grey'),
  'other': drawn('user', 'ellipse', 'grey'),
};
