import { propertiesOf, propertyKind } from '../../../src-shared/catalogue/kinds.ts';
import type { Statement } from '../../../src-shared/contract/views.ts';

/** One value with everybody who states it. */
export interface StatedValue {
  readonly display: string;
  readonly statements: readonly Statement[];
  /** The written rule shows this one first. */
  readonly isShown: boolean;
}

export interface StatedProperty {
  readonly property: string;
  readonly label: string;
  readonly values: readonly StatedValue[];
  /** A property of one value for which live statements give different ones. */
  readonly isDisputed: boolean;
  /** A text that needs the whole width. */
  readonly isLong: boolean;
}

/** Statements by property and value, in the order of the catalogue; nothing is left out, the shown value comes first. */
export function groupStatements(type: string, statements: readonly Statement[]): readonly StatedProperty[] {
  const names = [...new Set(statements.map((statement) => statement.property))];
  const order = propertiesOf(type).map((kind) => kind.name);
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names
    .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map((name) =>
      groupOne(
        type,
        name,
        statements.filter((statement) => statement.property === name),
      ),
    );
}

function groupOne(type: string, property: string, statements: readonly Statement[]): StatedProperty {
  const displays = [...new Set(statements.map((statement) => statement.display))];
  const values = displays
    .map((display) => valueOf(display, statements))
    .toSorted((one, other) => Number(other.isShown) - Number(one.isShown) || one.display.localeCompare(other.display));
  const kind = propertyKind(type, property);
  const isMany = kind?.isMany ?? true;
  return {
    property,
    label: statements[0]?.label ?? property,
    values,
    isDisputed: !isMany && values.length > 1,
    isLong: kind?.valueType === 'longText',
  };
}

function valueOf(display: string, statements: readonly Statement[]): StatedValue {
  const stating = statements.filter((statement) => statement.display === display);
  return { display, statements: stating, isShown: stating.some((statement) => statement.isShown) };
}
