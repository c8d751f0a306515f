import { z } from 'zod';

/** TLP 2.0 labels (FIRST, August 2022), least strict first. */
export const TLP_LABELS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'] as const;
export const Tlp = z.enum(TLP_LABELS);
export type Tlp = z.infer<typeof Tlp>;

/** Europol handling codes H0–H3 (Regulation (EU) 2016/794 art. 29 practice) and UK 3x5x2 P and C. */
export const HandlingCode = z.enum(['H0', 'H1', 'H2', 'H3', 'P', 'C']);
export type HandlingCode = z.infer<typeof HandlingCode>;

/** What a new case is marked with until a person chooses. */
export const defaultTlp: Tlp = 'TLP:AMBER+STRICT';

/** A label as people type it, with or without `TLP:`, in any case; undefined when it is none of the five. */
export function parseTlp(text: string): Tlp | undefined {
  const label = text.trim().toUpperCase();
  return Tlp.safeParse(label.startsWith('TLP:') ? label : `TLP:${label}`).data;
}

/** The stricter of two labels. */
export function stricterTlp(one: Tlp, other: Tlp): Tlp {
  return TLP_LABELS.indexOf(one) >= TLP_LABELS.indexOf(other) ? one : other;
}
