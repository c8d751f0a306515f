import { propertyKind } from '../catalogue/kinds.ts';
import type { Claim, EntityRecord } from '../domain/record.ts';
import { fold } from './find-withheld.ts';
import type { WithheldValue } from './find-withheld.ts';

const NAME_LIKE = /name|alias/i;

/** A withheld claim as something to look for in text; codes, countries and truth values are not. */
export function searchable(record: EntityRecord, { property, value }: Claim): WithheldValue[] {
  const kind = propertyKind(record.type, property);
  if (typeof value === 'boolean') return [];
  if (typeof value === 'number') return kind === undefined ? [{ kind: 'identifier', value: String(value) }] : [];
  if (typeof value === 'object') {
    const { name, ...others } = value;
    return Object.values(others).map((part) => unknownText(String(name ?? property), String(part)));
  }
  if (kind === undefined) return [unknownText(property, value)];
  if (kind.valueType === 'code' || kind.valueType === 'country') return [];
  if (kind.valueType === 'date') return [{ kind: 'date', value }];
  if (kind.search === 'name' || (kind.search === 'text' && kind.isKey)) return [{ kind: 'name', value }];
  return [{ kind: kind.search === 'identifier' ? 'identifier' : 'phrase', value }];
}

/** What the catalogue does not know: by the name that the source gave it. */
function unknownText(name: string, value: string): WithheldValue {
  if (NAME_LIKE.test(name)) return { kind: 'name', value };
  return { kind: /\d{4}-\d{2}-\d{2}/.test(value) ? 'date' : /\d{5}/.test(value) ? 'identifier' : 'phrase', value };
}

/**
 * Under which keys an open statement is remembered: as this value of this property, and, where it tells what the thing itself is or where it is
 * (a key, or a property that identifies nobody), as this value of anything. Free text is under none, or a note that is nothing but a victim's
 * address would open that address.
 */
export function openKeys(record: EntityRecord, claim: Claim): string[] {
  const kind = propertyKind(record.type, claim.property);
  if (kind?.valueType === 'longText' || claim.property === 'title') return [];
  if (typeof claim.value === 'object') {
    const { name: _name, ...others } = claim.value;
    return Object.values(others).map((part) => openKey(String(part), claim));
  }
  const value = String(claim.value);
  const isOfTheThing = kind !== undefined && (kind.isKey || !kind.identifies);
  return isOfTheThing ? [openKey(value, claim), openKey(value)] : [openKey(value, claim)];
}

/** The value of any property, or of the same property (for what an import could not map: of the same column) as this claim. */
export function openKey(value: string, claim?: Claim): string {
  const column = typeof claim?.value === 'object' ? ` ${String(claim.value['name'])}` : '';
  return `${claim?.property ?? ''}${column}: ${fold(value)}`;
}
