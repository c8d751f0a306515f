import { type Appearance, drawn } from './appearance-table.ts';
import { coded, commonProperties, property, type PropertyKind } from './property.ts';

/** Everything the program knows about one type of entity. A new type is a new entry here and its golden files. */
export type EntityKind = {
  readonly type: string;
  readonly label: string;
  readonly plural: string;
  /** Person, object, location or event: how UK forces filter. */
  readonly pole: 'P' | 'O' | 'L' | 'E';
  readonly appearance: Appearance;
  /** docs/formats/record.md R3 */
  readonly commitment: 'claims' | 'record';
  /** Something that points at its holder: of a protected person it is withheld like a name. */
  readonly isIdentifierOf: boolean;
  /** First line whose first property is disclosed makes the label: label-of.ts. */
  readonly labelFrom: readonly (readonly string[])[];
  /** Words that a type column of an import may use. */
  readonly aliases: readonly string[];
  readonly properties: readonly PropertyKind[];
};

const many = { isMany: true } as const;
const key = { isKey: true } as const;
const keyMany = { isKey: true, isMany: true } as const;
const open = { identifies: false } as const;

/** Palermo and ILO elements, on cases, events and journeys (record.md §7). */
export const elementProperties: readonly PropertyKind[] = [
  coded('act', 'Act', 'act', many),
  coded('means', 'Means', 'means', many),
  coded('purpose', 'Purpose', 'purpose', many),
  coded('iloIndicator', 'ILO indicator', 'ilo-indicator', {
    ...many,
    help: 'What is evidenced, by this source, at this grade. No number of indicators is a verdict.',
  }),
];

const timeProperties: readonly PropertyKind[] = [
  property('startOn', 'From', 'date', open),
  property('endOn', 'To', 'date', open),
];

const addressProperties: readonly PropertyKind[] = [
  property('address', 'Address', 'text', { ...keyMany, search: 'text' }),
  property('city', 'City', 'text', open),
  property('region', 'Region', 'text', open),
  property('postalCode', 'Postal code', 'identifier'),
  property('country', 'Country', 'country'),
];

export const entityKinds: readonly EntityKind[] = [
  kind({
    type: 'person',
    label: 'Person',
    plural: 'Persons',
    pole: 'P',
    appearance: drawn('user', 'ellipse', 'grey', 'dashed'),
    labelFrom: [['name'], ['alias']],
    aliases: ['individual', 'people', 'persona', 'actor', 'human'],
    properties: [
      property('name', 'Name', 'name', keyMany),
      property('alias', 'Also known as', 'name', keyMany),
      coded('subjectCategory', 'Subject category', 'subject-category', {
        ...many,
        isStrict: true,
        help: 'Directive (EU) 2016/680 art. 6. Victims, witnesses and informants are protected.',
      }),
      property('role', 'Role, in the source’s words', 'text', { ...many, identifies: false }),
      coded('htcdsRole', 'Role in the process', 'perpetrator-role', many),
      property('dateOfBirth', 'Date of birth', 'date', {
        isKey: true,
        help: 'As precise as it is known: 1984, 1984-03, 1984~.',
      }),
      property('ageText', 'Age, in the source’s words', 'text', open),
      property('isMinor', 'Under 18', 'truth', {
        help: 'Where age is uncertain, the person is presumed to be under 18 in several laws.',
      }),
      coded('gender', 'Gender', 'gender'),
      property('citizenship', 'Citizenship', 'country', many),
      property('birthPlace', 'Place of birth', 'text'),
      property('language', 'Language', 'text', { ...many, ...open }),
      property('occupation', 'Occupation', 'text', many),
      property('appearance', 'Appearance', 'longText', many),
      property('address', 'Address', 'text', many),
      property('phone', 'Phone', 'phone', many),
      property('email', 'E-mail', 'email', many),
      property('identityNumber', 'Identity number', 'identifier', keyMany),
      property('e164', 'Phone, international form', 'identifier', many),
      coded('traffickingStatus', 'Trafficking status', 'trafficking-status'),
      coded('relationshipToTrafficker', 'Relationship to trafficker', 'relationship-to-trafficker'),
      coded('methodOfRecruitment', 'Method of recruitment', 'method-of-recruitment', many),
      coded('methodsOfControl', 'Methods of control', 'methods-of-control', many),
      coded('typeOfExploitation', 'Type of exploitation', 'type-of-exploitation', many),
      coded('forcedLabourIndustry', 'Forced labour industry', 'forced-labour-industry', many),
      coded('typeOfSexExploitation', 'Type of sex exploitation', 'type-of-sex-exploitation', many),
    ],
  }),
  kind({
    type: 'organisation',
    label: 'Organisation',
    plural: 'Organisations',
    pole: 'P',
    appearance: drawn('building', 'round-rectangle', 'blue'),
    labelFrom: [['name'], ['alias'], ['registrationNumber']],
    aliases: ['organization', 'org', 'company', 'business', 'legal entity', 'group', 'empresa', 'organizacion'],
    properties: [
      property('name', 'Name', 'name', keyMany),
      property('alias', 'Also known as', 'name', keyMany),
      coded('organisationType', 'Type', 'organisation-type'),
      property('registrationNumber', 'Registration number', 'identifier', keyMany),
      property('role', 'Role, in the source’s words', 'text', many),
      ...addressProperties,
      property('phone', 'Phone', 'phone', many),
      property('e164', 'Phone, international form', 'identifier', many),
      property('email', 'E-mail', 'email', many),
      property('website', 'Website', 'url', many),
      coded('industry', 'Industry', 'forced-labour-industry', many),
      ...timeProperties,
    ],
  }),
  kind({
    type: 'place',
    label: 'Place',
    plural: 'Places',
    pole: 'L',
    appearance: drawn('map-pin', 'round-rectangle', 'green'),
    labelFrom: [['name'], ['address', 'city'], ['city', 'country'], ['country'], ['coordinates']],
    aliases: ['location', 'address', 'lugar', 'city', 'venue', 'site', 'property'],
    properties: [
      property('name', 'Name', 'name', keyMany),
      coded('placeType', 'Type', 'place-type'),
      ...addressProperties,
      property('coordinates', 'Coordinates', 'coordinates', key),
      coded('venue', 'Venue of exploitation', 'venue', many),
      property('description', 'Description', 'longText', many),
    ],
  }),
  kind({
    type: 'phone',
    label: 'Phone',
    plural: 'Phones',
    pole: 'O',
    appearance: drawn('device-mobile', 'round-rectangle', 'orange'),
    isIdentifierOf: true,
    labelFrom: [['number'], ['e164'], ['imei'], ['imsi']],
    aliases: ['telephone', 'mobile', 'cell', 'phone number', 'msisdn', 'telefono'],
    properties: [
      property('number', 'Number, as the source has it', 'phone', keyMany),
      property('e164', 'Number, international form', 'identifier', keyMany),
      property('imei', 'IMEI', 'identifier', keyMany),
      property('imsi', 'IMSI', 'identifier', keyMany),
      property('operator', 'Operator', 'text', open),
      property('country', 'Country', 'country'),
      ...timeProperties,
    ],
  }),
  kind({
    type: 'email',
    label: 'E-mail',
    plural: 'E-mail addresses',
    pole: 'O',
    appearance: drawn('mail', 'round-rectangle', 'teal'),
    isIdentifierOf: true,
    labelFrom: [['address']],
    aliases: ['e-mail', 'mail', 'email address', 'correo'],
    properties: [
      property('address', 'Address', 'email', keyMany),
      property('displayName', 'Display name', 'name', many),
      ...timeProperties,
    ],
  }),
  kind({
    type: 'online-account',
    label: 'Online account',
    plural: 'Online accounts',
    pole: 'O',
    appearance: drawn('at', 'round-rectangle', 'teal'),
    isIdentifierOf: true,
    labelFrom: [['handle'], ['displayName'], ['url'], ['accountId']],
    aliases: ['account', 'user account', 'social media', 'profile', 'handle', 'cuenta'],
    properties: [
      property('handle', 'Handle', 'identifier', keyMany),
      coded('platform', 'Website or app', 'online-platform'),
      property('accountId', 'Account id', 'identifier', keyMany),
      property('displayName', 'Display name', 'name', many),
      property('url', 'Address', 'url', keyMany),
      ...timeProperties,
    ],
  }),
  kind({
    type: 'advert',
    label: 'Advertisement',
    plural: 'Advertisements',
    pole: 'O',
    appearance: drawn('ad-2', 'round-tag', 'pink'),
    labelFrom: [['title'], ['url'], ['text']],
    aliases: ['ad', 'advertisement', 'posting', 'listing', 'anuncio'],
    properties: [
      property('title', 'Title', 'name', key),
      property('url', 'Address', 'url', keyMany),
      property('text', 'Text', 'longText', many),
      property('postedOn', 'Posted', 'date', open),
      property('priceText', 'Price, in the advert’s words', 'text', open),
      property('placeText', 'Place, in the advert’s words', 'text'),
      property('phone', 'Phone', 'phone', many),
      property('e164', 'Phone, international form', 'identifier', many),
      coded('platform', 'Website or app', 'online-platform'),
    ],
  }),
  kind({
    type: 'vehicle',
    label: 'Vehicle',
    plural: 'Vehicles',
    pole: 'O',
    appearance: drawn('car', 'round-rectangle', 'grey'),
    isIdentifierOf: true,
    labelFrom: [['plate'], ['make', 'model', 'colour'], ['vin']],
    aliases: ['car', 'van', 'truck', 'lorry', 'vehiculo', 'auto'],
    properties: [
      property('plate', 'Registration plate', 'identifier', keyMany),
      property('plateCountry', 'Country of registration', 'country'),
      property('vin', 'Vehicle identification number', 'identifier', key),
      property('make', 'Make', 'text', open),
      property('model', 'Model', 'text', open),
      property('colour', 'Colour', 'text', open),
      property('description', 'Description', 'longText', many),
    ],
  }),
  kind({
    type: 'vessel',
    label: 'Vessel',
    plural: 'Vessels',
    pole: 'O',
    commitment: 'record',
    appearance: drawn('ship', 'round-rectangle', 'grey'),
    labelFrom: [['name'], ['imo'], ['mmsi'], ['callSign']],
    aliases: ['ship', 'boat', 'barco'],
    properties: [
      property('name', 'Name', 'name', keyMany),
      property('imo', 'IMO number', 'identifier', key),
      property('mmsi', 'MMSI', 'identifier', keyMany),
      property('callSign', 'Call sign', 'identifier', keyMany),
      property('flag', 'Flag', 'country', many),
      property('vesselType', 'Type', 'text', open),
      property('description', 'Description', 'longText', many),
    ],
  }),
  kind({
    type: 'document',
    label: 'Document',
    plural: 'Documents',
    pole: 'O',
    appearance: drawn('id', 'round-rectangle', 'brown'),
    isIdentifierOf: true,
    labelFrom: [['documentType', 'number'], ['number'], ['title']],
    aliases: ['passport', 'identity card', 'identification', 'id card', 'documento', 'pasaporte'],
    properties: [
      coded('documentType', 'Type', 'document-type'),
      property('number', 'Number', 'identifier', keyMany),
      property('title', 'Title', 'text', key),
      property('issuingCountry', 'Issued by', 'country'),
      property('nameOnDocument', 'Name on the document', 'name', many),
      property('dateOfBirthOnDocument', 'Date of birth on the document', 'date'),
      property('issuedOn', 'Issued', 'date'),
      property('expiresOn', 'Expires', 'date'),
      property('isForged', 'Forged or altered', 'truth'),
      property('machineReadableZone', 'Machine-readable zone', 'identifier'),
    ],
  }),
  kind({
    type: 'bank-account',
    label: 'Bank account',
    plural: 'Bank accounts',
    pole: 'O',
    appearance: drawn('building-bank', 'round-hexagon', 'olive'),
    isIdentifierOf: true,
    labelFrom: [['iban'], ['accountNumber', 'bank'], ['walletAddress']],
    aliases: ['account number', 'iban', 'wallet', 'crypto wallet', 'cuenta bancaria'],
    properties: [
      property('iban', 'IBAN', 'iban', keyMany),
      property('accountNumber', 'Account number', 'identifier', keyMany),
      property('bic', 'BIC', 'identifier', open),
      property('bank', 'Bank', 'text', open),
      property('country', 'Country', 'country'),
      property('holderName', 'Holder, as the bank has it', 'name', many),
      property('walletAddress', 'Wallet address', 'identifier', keyMany),
      property('currency', 'Currency', 'text', open),
    ],
  }),
  kind({
    type: 'payment',
    label: 'Payment',
    plural: 'Payments',
    pole: 'E',
    commitment: 'record',
    appearance: drawn('cash', 'round-hexagon', 'olive'),
    labelFrom: [['amount', 'currency', 'paidOn'], ['reference']],
    aliases: ['transaction', 'transfer', 'remittance', 'pago'],
    properties: [
      property('amount', 'Amount', 'number', key),
      property('currency', 'Currency', 'text', open),
      property('paidOn', 'Paid', 'date', { isKey: true, identifies: false }),
      property('reference', 'Reference', 'identifier', keyMany),
      property('method', 'Method', 'text', open),
      property('purposeText', 'Purpose, in the payer’s words', 'text'),
    ],
  }),
  kind({
    type: 'event',
    label: 'Event',
    plural: 'Events',
    pole: 'E',
    appearance: drawn('calendar-event', 'diamond', 'indigo'),
    labelFrom: [['title'], ['eventType', 'startOn']],
    aliases: ['incident', 'meeting', 'evento'],
    properties: [
      property('title', 'Title', 'name', key),
      coded('eventType', 'Type', 'event-type', key),
      ...timeProperties,
      property('placeText', 'Place, in the source’s words', 'text'),
      property('country', 'Country', 'country'),
      property('description', 'Description', 'longText', many),
      ...elementProperties,
    ],
  }),
  kind({
    type: 'journey',
    label: 'Journey leg',
    plural: 'Journey legs',
    pole: 'E',
    appearance: drawn('route', 'diamond', 'indigo'),
    labelFrom: [['title'], ['mode', 'startOn']],
    aliases: ['trip', 'leg', 'route', 'travel', 'viaje'],
    properties: [
      property('title', 'Title', 'name', key),
      coded('mode', 'Transport', 'transport-mode', key),
      ...timeProperties,
      property('routeText', 'Route, in the source’s words', 'text'),
      property('ticket', 'Ticket or booking', 'identifier', many),
      property('description', 'Description', 'longText', many),
      ...elementProperties,
    ],
  }),
];

type Entry = Omit<EntityKind, 'commitment' | 'isIdentifierOf'> & Partial<EntityKind>;

function kind(entry: Entry): EntityKind {
  return {
    commitment: 'claims',
    isIdentifierOf: false,
    ...entry,
    properties: [...entry.properties, ...commonProperties],
  };
}
