import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PropertyName, TypeName } from '../../../src-shared/domain/record.ts';
import { type Appearance, personAppearances } from '../../../src-shared/catalogue/appearance-table.ts';
import { appearanceOf } from '../../../src-shared/catalogue/appearance.ts';
import type { PlainClaim } from '../../../src-shared/catalogue/claim.ts';
import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import {
  canLink,
  caseProperties,
  commitmentOf,
  entityKind,
  entityTypeNamed,
  identifies,
  linkKind,
  linkTypeNamed,
} from '../../../src-shared/catalogue/kinds.ts';
import { linkKinds, linkProperties } from '../../../src-shared/catalogue/link-kinds.ts';
import { codeList } from '../../../src-shared/catalogue/lists.ts';

const looks: readonly Appearance[] = [
  ...entityKinds.map((kind) => kind.appearance),
  ...Object.values(personAppearances),
  entityKind('zeppelin').appearance,
];

test('types are well formed, and no link type is also an entity type', () => {
  const types = [...entityKinds, ...linkKinds].map((kind) => kind.type);
  expect(new Set(types).size).toBe(types.length);
  expect(types.filter((type) => !TypeName.safeParse(type).success)).toEqual([]);
});

test('properties are well formed, named once a kind, and coded ones have their list', () => {
  for (const properties of [...entityKinds.map((kind) => kind.properties), linkProperties, caseProperties]) {
    expect(new Set(properties.map((entry) => entry.name)).size).toBe(properties.length);
    expect(properties.filter((entry) => !PropertyName.safeParse(entry.name).success)).toEqual([]);
    const coded = properties.filter((entry) => entry.valueType === 'code');
    expect(coded.filter((entry) => codeList(entry.list ?? '') === undefined)).toEqual([]);
  }
});

test('every label is made from properties that the kind has', () => {
  for (const kind of entityKinds) {
    const names = kind.properties.map((entry) => entry.name);
    expect(names).toEqual(expect.arrayContaining(kind.labelFrom.flat()));
  }
});

test('[R3] links, vessels and payments are committed as a whole, all else claim by claim, known or not', () => {
  const whole = entityKinds.map((kind) => kind.type).filter((type) => commitmentOf('entity', type) === 'record');
  expect(whole).toEqual(['vessel', 'payment']);
  expect(commitmentOf('link', 'called')).toBe('record');
  expect(commitmentOf('entity', 'zeppelin')).toBe('claims');
  for (const kind of ['case', 'chart', 'same', 'not-same', 'retract'] as const)
    expect(commitmentOf(kind, '')).toBe('claims');
});

test('names, identifiers, free text and anything unknown identify; categories, roles and codes do not', () => {
  for (const name of ['name', 'alias', 'dateOfBirth', 'note', 'attribute', 'externalId', 'phone', 'neverHeardOf']) {
    expect([name, identifies('person', name)]).toEqual([name, true]);
  }
  for (const name of ['subjectCategory', 'role', 'isMinor', 'citizenship', 'methodsOfControl']) {
    expect([name, identifies('person', name)]).toEqual([name, false]);
  }
  expect(entityKinds.filter((kind) => kind.isIdentifierOf).map((kind) => kind.type)).toEqual([
    'phone',
    'email',
    'online-account',
    'vehicle',
    'document',
    'bank-account',
  ]);
});

test('a type that nobody knows is shown as such and identifies', () => {
  expect(entityKind('zeppelin')).toMatchObject({ type: 'zeppelin', label: 'zeppelin', isIdentifierOf: true });
  expect(linkKind('bewitched')).toMatchObject({ label: 'bewitched', identifiesPerson: true });
});

test('every icon is in the icon set', () => {
  const folder = fileURLToPath(new URL('../../../node_modules/@tabler/icons/icons/outline/', import.meta.url));
  expect(looks.filter((look) => !existsSync(`${folder}${look.icon}.svg`))).toEqual([]);
});

test('every ink stands out from its fill by at least 4.5 to 1 in both themes', () => {
  for (const theme of ['light', 'dark'] as const) {
    expect(looks.filter(({ ink, fill }) => contrast(ink[theme], fill[theme]) < 4.5)).toEqual([]);
  }
});

test('a person looks like the most protective category that anyone claims', () => {
  expect(appearanceOf('person', [category('suspect'), category('victim')]).icon).toBe('user-heart');
  expect(appearanceOf('person', [category('suspect')]).icon).toBe('spy');
  expect(appearanceOf('person', [])).toMatchObject({ icon: 'user', border: 'dashed' });
  expect(appearanceOf('person', [category('informant')])).toEqual(appearanceOf('person', [category('witness')]));
  expect(appearanceOf('organisation', [category('victim')]).icon).toBe('building');
});

test('words of a type column are understood, each by one kind only', () => {
  expect(entityTypeNamed('Organization')).toBe('organisation');
  expect(entityTypeNamed('teléfono')).toBe('phone');
  expect(entityTypeNamed('gremlin')).toBeUndefined();
  expect(linkTypeNamed('Calls')).toBe('called');
  expect(linkTypeNamed('')).toBeUndefined();
  const words = linkKinds.flatMap((kind) => [kind.type, ...kind.aliases]);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});

test('a phone call joins phones, not places', () => {
  expect(canLink('called', 'phone', 'phone')).toBe(true);
  expect(canLink('called', 'place', 'phone')).toBe(false);
  expect(canLink('related-to', 'place', 'zeppelin')).toBe(true);
});

function category(value: string): PlainClaim {
  return { property: 'subjectCategory', value };
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2 relative luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
