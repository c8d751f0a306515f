import type { Verified } from '../code-list.ts';
import type { AgencyKind } from './agency-kinds.ts';
import type { CountryGroupName } from './country-groups.ts';

/** From which countries to which a legal basis opens a gateway, and to what kind of agency. Data: src-shared/policy/gateways.ts judges by it. */
export type GatewayScope = {
  /** Sender and recipient; a basis with several pairs opens for any of them, one with none for nobody. */
  readonly pairs: readonly (readonly [from: CountryChoice, to: CountryChoice])[];
  /** Between States: it opens nothing within one. */
  readonly isBetweenStates: boolean;
  readonly kinds: readonly AgencyKind[];
  /** In words, for the screen. */
  readonly says: string;
  readonly verified: Verified;
};

/** Any country, those of a group, or all but those of a group. */
export type CountryChoice = 'any' | CountryGroupName | { readonly not: CountryGroupName };

const AUTHORITIES: readonly AgencyKind[] = ['police', 'border', 'prosecution'];
const WITH_ORGANISATIONS: readonly AgencyKind[] = [...AUTHORITIES, 'international'];
const EVERYBODY: readonly AgencyKind[] = [...WITH_ORGANISATIONS, 'ngo', 'other'];

const STATES = scope([['any', 'any']], true, AUTHORITIES, 'authorities of another State that is a party');
const STATES_WITH_ORGANISATIONS = scope(
  [['any', 'any']],
  true,
  WITH_ORGANISATIONS,
  'authorities of another State that is a party, and international organisations',
);
const COUNCIL_OF_EUROPE = scope(
  [['coe197', 'coe197']],
  true,
  AUTHORITIES,
  'authorities of another party to CETS 197, from a party',
);
const LAW_ENFORCEMENT_OF_SCHENGEN = scope(
  [['schengen', 'schengen']],
  true,
  ['police', 'border'],
  'law-enforcement authorities of another State bound by it, from one',
);
const AS_AGREED = scope([['any', 'any']], false, EVERYBODY, 'whoever the agreement names');

/** The scope of every gateway of the list of legal bases, by its code. */
export const gatewayScopes: Readonly<Record<string, GatewayScope>> = {
  'palermo-10-1': STATES,
  'palermo-13': STATES,
  'untoc-18-4': STATES,
  'untoc-18': STATES,
  'untoc-19': STATES,
  'untoc-26': STATES,
  'untoc-27': STATES_WITH_ORGANISATIONS,
  'untoc-28': STATES_WITH_ORGANISATIONS,
  'coe197-32': COUNCIL_OF_EUROPE,
  'coe197-33': COUNCIL_OF_EUROPE,
  'coe197-34': COUNCIL_OF_EUROPE,
  'led-35': scope(
    [['schengen', { not: 'schengen' }]],
    true,
    WITH_ORGANISATIONS,
    'competent authorities of a third country and international organisations, from a State bound by the directive',
  ),
  'led-36..39': scope(
    [['schengen', { not: 'schengen' }]],
    true,
    EVERYBODY,
    'a third country, also others than its authorities (art. 39), from a State bound by the directive',
  ),
  'dpa2018-73': scope([['uk', { not: 'uk' }]], true, EVERYBODY, 'a third country (s. 77: also others), from the UK'),
  'eu-2023-977-4/5': LAW_ENFORCEMENT_OF_SCHENGEN,
  'eu-2023-977-6..14': LAW_ENFORCEMENT_OF_SCHENGEN,
  'europol-18/19': scope(
    [['eu', 'any']],
    false,
    ['international'],
    'Europol (an international organisation), from a Member State',
  ),
  'europol-25': scope([], false, [], 'nobody: here Europol itself is the sender'),
  'prum2': scope([['eu', 'eu']], true, ['police'], 'police of another Member State, from a Member State'),
  'eu-uk-tca': scope(
    [
      ['eu', 'uk'],
      ['uk', 'eu'],
    ],
    true,
    AUTHORITIES,
    'authorities of the UK from a Member State, or of a Member State from the UK',
  ),
  'interpol-rpd': STATES_WITH_ORGANISATIONS,
  'asean-actip': scope([['asean', 'asean']], true, AUTHORITIES, 'authorities of another ASEAN party, from a party'),
  'saarc-2002': scope([['saarc', 'saarc']], true, AUTHORITIES, 'authorities of another SAARC State, from one'),
  'coe-mla2': scope([['ets182', 'ets182']], true, AUTHORITIES, 'authorities of another party to ETS 182, from a party'),
  'mlat': scope([['any', 'any']], true, AUTHORITIES, 'authorities of the other State of the treaty'),
  'jit': scope([['any', 'any']], false, WITH_ORGANISATIONS, 'members and participants of the team'),
  'mou': AS_AGREED,
  'vital': scope([['any', 'any']], false, EVERYBODY, 'whoever can avert the danger'),
  'consent': scope([['any', 'any']], false, ['ngo'], 'non-governmental organisations'),
  'uk-msa-52': scope([['uk', 'uk']], false, ['police', 'border', 'other'], 'public authorities within the UK'),
  'uk-cca-7': scope([['uk', 'any']], false, [...WITH_ORGANISATIONS, 'other'], 'whoever the NCA gives to or gets from'),
};

function scope(
  pairs: GatewayScope['pairs'],
  isBetweenStates: boolean,
  kinds: GatewayScope['kinds'],
  says: string,
): GatewayScope {
  return { pairs, isBetweenStates, kinds, says, verified: 'memory' };
}
