export type Scheme = 'light' | 'dark';

export interface ChartColours {
  readonly canvas: string;
  readonly ink: string;
  readonly muted: string;
  readonly edge: string;
  readonly critical: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly warning: string;
  readonly badge: string;
  readonly onBadge: string;
}

/** The tokens that a canvas cannot read from the style sheet (UX notes §4); contrast of lines is computed after their opacity. */
export const CHART_COLOURS: { readonly [S in Scheme]: ChartColours } = {
  light: {
    canvas: '#f7f8fa',
    ink: '#1b2430',
    muted: '#5a6675',
    edge: '#66717f',
    critical: '#b3261e',
    accent: '#0b63c5',
    onAccent: '#ffffff',
    warning: '#8f5600',
    badge: '#3d4856',
    onBadge: '#ffffff',
  },
  dark: {
    canvas: '#14171c',
    ink: '#e6e9ee',
    muted: '#9aa4b2',
    edge: '#7a8696',
    critical: '#ff9d94',
    accent: '#6cb2ff',
    onAccent: '#08111d',
    warning: '#f0b95c',
    badge: '#c4cbd5',
    onBadge: '#14171c',
  },
};
