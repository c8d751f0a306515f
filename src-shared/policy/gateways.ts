import type { AgencyKind } from '../catalogue/lists/agency-kinds.ts';
import { isInGroup } from '../catalogue/lists/country-groups.ts';
import { gatewayScopes } from '../catalogue/lists/gateway-scopes.ts';
import type { CountryChoice, GatewayScope } from '../catalogue/lists/gateway-scopes.ts';

/** A recipient as a legal basis looks at it. */
export interface Place {
  readonly country: string;
  readonly kind: AgencyKind;
}

/** P17: whether a legal basis opens a gateway from a country to a recipient. What is no gateway, or unknown, opens none. */
export function opensGateway(code: string, from: string, to: Place): boolean {
  const scope = gatewayScopes[code];
  return scope !== undefined && covers(scope, from, to);
}

/** An international organisation has a seat, not a State: where it sits is no reason against it. */
function covers({ pairs, isBetweenStates, kinds }: GatewayScope, from: string, to: Place): boolean {
  if (!kinds.includes(to.kind)) return false;
  const isOrganisation = to.kind === 'international';
  if (isBetweenStates && from === to.country && !isOrganisation) return false;
  return pairs.some(
    ([sender, recipient]) =>
      isChosen(from, sender) && ((isOrganisation && isExclusion(recipient)) || isChosen(to.country, recipient)),
  );
}

function isChosen(country: string, choice: CountryChoice): boolean {
  if (choice === 'any') return true;
  return isExclusion(choice) ? !isInGroup(country, choice.not) : isInGroup(country, choice);
}

function isExclusion(choice: CountryChoice): choice is Exclude<CountryChoice, string> {
  return typeof choice === 'object';
}
