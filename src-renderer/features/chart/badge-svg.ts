import { svgUri } from '../../ui/icon-svg.ts';

const HEIGHT = 14;

/** Most neighbours a badge counts; beyond it says so. */
const MOST = 99;

/** `+6` in a pill: neighbours in the store that this chart does not show. */
export function moreBadge(
  more: number,
  background: string,
  ink: string,
): { readonly uri: string; readonly width: number } {
  const text = more > MOST ? `${MOST}+` : `+${more}`;
  const width = 10 + text.length * 5;
  const uri = svgUri(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 2}" height="${HEIGHT * 2}" viewBox="0 0 ${width} ${HEIGHT}">` +
      `<rect x=".5" y=".5" width="${width - 1}" height="13" rx="6.5" fill="${background}" stroke="#fff" stroke-opacity=".9"/>` +
      `<text x="${width / 2}" y="10.2" text-anchor="middle" font-family="sans-serif" font-size="9" font-weight="700" fill="${ink}">${text}</text></svg>`,
  );
  return { uri, width };
}

/** A disc with two lines that part: live statements disagree. */
export function conflictBadge(background: string, ink: string): string {
  return disc(background, ink, 'M4 4.2 7 7l3-2.8M4 9.8 7 7l3 2.8');
}

/** A disc with a shield: a protected person. */
export function protectedBadge(background: string, ink: string): string {
  return disc(background, ink, 'M7 3.2 4.2 4.2v2.6c0 2 1.2 3.3 2.8 4 1.6-.7 2.8-2 2.8-4V4.2z');
}

function disc(background: string, ink: string, path: string): string {
  return svgUri(
    `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 14 14">` +
      `<circle cx="7" cy="7" r="6.5" fill="${background}" stroke="${ink}" stroke-opacity=".9"/>` +
      `<path d="${path}" stroke="${ink}" stroke-width="1.3" fill="none" stroke-linejoin="round" stroke-linecap="round"/></svg>`,
  );
}
