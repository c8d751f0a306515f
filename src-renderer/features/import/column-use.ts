import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import { linkProperties } from '../../../src-shared/catalogue/link-kinds.ts';

const USES: Readonly<Record<string, string>> = {
  id: 'Id in the file, kept as external id',
  type: 'Kind',
  source: 'First end of the link',
  target: 'Second end of the link',
  directed: 'Direction of the link',
  attribute: 'Attribute, kept verbatim',
  ignore: 'Left out, as asked',
};

/** What a column becomes, in words; a property by the label that the catalogue gives it. */
export function columnUse(use: string): string {
  return USES[use] ?? propertyLabel(use) ?? use;
}

function propertyLabel(name: string): string | undefined {
  const properties = [...entityKinds.flatMap((kind) => kind.properties), ...linkProperties];
  return properties.find((property) => property.name === name)?.label;
}
