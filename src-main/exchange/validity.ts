/** How many days a bundle may be imported (docs/formats/bundle.md, B11); it has been so since the first one. */
const VALID_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

/** Until when a bundle that was made at an instant may be imported. */
export function validUntil(created: Date): string {
  return new Date(created.getTime() + VALID_DAYS * DAY).toISOString();
}
