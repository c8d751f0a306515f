import type { Verified } from '../code-list.ts';

/** Countries that a rule treats alike. Membership changes: a person must check it before anyone relies on it. */
export type CountryGroupName = 'eu' | 'schengen' | 'uk' | 'coe197' | 'ets182' | 'asean' | 'saarc';

export type CountryGroup = {
  readonly name: CountryGroupName;
  readonly label: string;
  readonly source: string;
  readonly verified: Verified;
  /** ISO 3166-1 alpha-2. */
  readonly members: ReadonlySet<string>;
};

const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE';
const SCHENGEN_ASSOCIATED = 'CH IS LI NO';
const COUNCIL_OF_EUROPE = `${EU} AD AL AM AZ BA CH GB GE IS LI MC MD ME MK NO RS SM TR UA`;

export const countryGroups: readonly CountryGroup[] = [
  group('eu', 'Member States of the European Union', 'Treaty on European Union, art. 52', 'memory', EU),
  group(
    'schengen',
    'European Union and the States associated with the Schengen acquis',
    'Directive (EU) 2016/680 recitals 101–103; Directive (EU) 2023/977 recitals on association',
    'memory',
    `${EU} ${SCHENGEN_ASSOCIATED}`,
  ),
  group('uk', 'United Kingdom', 'ISO 3166-1', 'source', 'GB'),
  group(
    'coe197',
    'Parties to the Council of Europe convention on trafficking',
    'CETS 197, chart of signatures and ratifications',
    'memory',
    `${COUNCIL_OF_EUROPE} BY IL`,
  ),
  group(
    'ets182',
    'Parties to the second additional protocol on mutual assistance',
    'ETS 182, chart of signatures and ratifications',
    'memory',
    `${COUNCIL_OF_EUROPE} CL IL`,
  ),
  group(
    'asean',
    'Parties to the ASEAN convention against trafficking',
    'ASEAN Convention against Trafficking in Persons (2015), instruments of ratification',
    'memory',
    'BN ID KH LA MM MY PH SG TH VN',
  ),
  group(
    'saarc',
    'Member States of SAARC',
    'SAARC Convention on trafficking in women and children (2002)',
    'memory',
    'AF BD BT IN LK MV NP PK',
  ),
];

/** Whether a country stands in a group; an unknown group has nobody in it. */
export function isInGroup(country: string, name: CountryGroupName): boolean {
  return countryGroups.find((each) => each.name === name)?.members.has(country) ?? false;
}

function group(
  name: CountryGroupName,
  label: string,
  source: string,
  verified: Verified,
  members: string,
): CountryGroup {
  return { name, label, source, verified, members: new Set(members.split(' ')) };
}
