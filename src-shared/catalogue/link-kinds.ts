import { commonProperties, property, type PropertyKind } from './property.ts';

type TimelineBand = 'movement' | 'communications' | 'money' | 'other';

/** Everything the program knows about one type of link. */
export type LinkKind = {
  readonly type: string;
  readonly label: string;
  /** How it reads from the far end. */
  readonly inverse: string;
  /** Types that may stand at each end; `any` where intelligence needs it. Another type is a warning, never a refusal. */
  readonly from: readonly string[] | 'any';
  readonly to: readonly string[] | 'any';
  readonly isDirected: boolean;
  /** Drawn as exploitation or control: critical ink and a tee. */
  readonly isExploitation: boolean;
  readonly band: TimelineBand;
  /** Ties an identifier or an address to its holder, so for a protected person the link itself identifies. */
  readonly identifiesPerson: boolean;
  readonly aliases: readonly string[];
};

const PERSON = ['person'] as const;
const PARTY = ['person', 'organisation'] as const;
const CONTACT = ['phone', 'email', 'online-account'] as const;
const TRANSPORT = ['vehicle', 'vessel'] as const;
const HAPPENING = ['event', 'journey'] as const;
const PREMISES = ['place', 'organisation'] as const;

type Options = Partial<Omit<LinkKind, 'type' | 'label' | 'inverse' | 'from' | 'to'>>;

const exploitation: Options = { isExploitation: true, band: 'movement' };

export const linkKinds: readonly LinkKind[] = [
  link('uses', 'uses', 'used by', PARTY, [...CONTACT, ...TRANSPORT, 'bank-account', 'document'], {
    identifiesPerson: true,
    aliases: ['used', 'user of'],
  }),
  link('owns', 'owns', 'owned by', PARTY, 'any', { identifiesPerson: true, aliases: ['owner', 'ownership', 'own'] }),
  link('holds', 'holds', 'held by', PARTY, ['document', 'bank-account'], {
    identifiesPerson: true,
    aliases: ['holder', 'held'],
  }),
  link('account-of', 'account of', 'has account', [...CONTACT, 'bank-account'], PARTY, { identifiesPerson: true }),
  link(
    'registered-to',
    'registered to',
    'has registered',
    [...CONTACT, ...TRANSPORT, 'document', 'bank-account'],
    PARTY,
    {
      identifiesPerson: true,
    },
  ),
  link('lives-at', 'lives at', 'home of', PERSON, PREMISES, {
    identifiesPerson: true,
    aliases: ['resides', 'residence'],
  }),
  link('drives', 'drives', 'driven by', PERSON, TRANSPORT, { band: 'movement', aliases: ['driver'] }),
  link('works-for', 'works for', 'employs', PERSON, PARTY, { aliases: ['employee', 'employed by', 'employment'] }),
  link('works-at', 'works at', 'workplace of', PERSON, PREMISES),
  link('member-of', 'member of', 'has member', PARTY, ['organisation'], { aliases: ['membership', 'member'] }),
  link('directs', 'directs', 'directed by', PERSON, ['organisation'], {
    aliases: ['director', 'directorship', 'manages'],
  }),
  link('associate-of', 'associate of', 'associate of', PARTY, PARTY, {
    isDirected: false,
    aliases: ['associate', 'knows', 'friend', 'friend of', 'co-offending'],
  }),
  link('family-of', 'family of', 'family of', PERSON, PERSON, {
    isDirected: false,
    aliases: ['family', 'kin', 'relative', 'sibling', 'spouse', 'kinship'],
  }),
  link('recruited', 'recruited', 'recruited by', PARTY, PERSON, {
    ...exploitation,
    aliases: ['recruits', 'recruiter of', 'recluta'],
  }),
  link('transported', 'transported', 'transported by', PARTY, PERSON, {
    ...exploitation,
    aliases: ['transports', 'transporta'],
  }),
  link('harboured', 'harboured', 'harboured by', [...PARTY, 'place'], PERSON, {
    ...exploitation,
    aliases: ['harbours', 'harbored'],
  }),
  link('controls', 'controls', 'controlled by', PARTY, 'any', {
    ...exploitation,
    aliases: ['controlled', 'control', 'controla'],
  }),
  link('exploits', 'exploits', 'exploited by', PARTY, PERSON, { ...exploitation, aliases: ['exploited', 'explota'] }),
  link('victim-in', 'victim in', 'has victim', PERSON, HAPPENING, { ...exploitation, aliases: ['victim of'] }),
  link('paid', 'paid', 'paid by', 'any', 'any', {
    band: 'money',
    aliases: ['pays', 'payment to', 'transferred to', 'pago'],
  }),
  link('called', 'called', 'called by', [...PARTY, 'phone', 'online-account'], [...PARTY, 'phone', 'online-account'], {
    band: 'communications',
    aliases: ['calls', 'call', 'phoned', 'phone call'],
  }),
  link('messaged', 'messaged', 'messaged by', [...PARTY, ...CONTACT], [...PARTY, ...CONTACT], {
    band: 'communications',
    aliases: ['messages', 'message', 'sms', 'texted', 'emailed', 'wrote to'],
  }),
  link('advertises', 'advertises', 'advertised in', ['advert', ...PARTY], 'any', {
    isExploitation: true,
    band: 'communications',
  }),
  link('listed-in', 'listed in', 'lists', [...CONTACT, 'place', 'person'], ['advert'], { band: 'communications' }),
  link('located-at', 'located at', 'location of', 'any', PREMISES, { aliases: ['location', 'located in', 'at'] }),
  link('visited', 'visited', 'visited by', PARTY, PREMISES, { band: 'movement', aliases: ['visits', 'visit'] }),
  link('took-part-in', 'took part in', 'had part', 'any', HAPPENING, {
    band: 'movement',
    aliases: ['attended', 'participated', 'involved in'],
  }),
  link('departed-from', 'departed from', 'departure of', ['journey', ...PERSON, ...TRANSPORT], ['place'], {
    band: 'movement',
  }),
  link('arrived-at', 'arrived at', 'arrival of', ['journey', ...PERSON, ...TRANSPORT], ['place'], { band: 'movement' }),
  link('related-to', 'related to', 'related to', 'any', 'any', {
    isDirected: false,
    aliases: ['related', 'link', 'linked to'],
  }),
  link('arc', 'linked, not said how', 'linked, not said how', 'any', 'any', {
    isDirected: false,
    aliases: ['edge', 'tie'],
  }),
];

/** What a link of any type can say. Links are committed as a whole (record.md R3), so none of it can be withheld alone. */
export const linkProperties: readonly PropertyKind[] = [
  property('startOn', 'From', 'date'),
  property('endOn', 'To', 'date'),
  property('count', 'How often', 'number'),
  property('weight', 'Weight', 'number', { help: 'As the source has it; its meaning is the source’s.' }),
  property('amount', 'Amount', 'number'),
  property('currency', 'Currency', 'text'),
  property('role', 'Role, in the source’s words', 'text', { isMany: true }),
  property('description', 'Description', 'longText', { isMany: true }),
  ...commonProperties,
];

function link(
  type: string,
  label: string,
  inverse: string,
  from: LinkKind['from'],
  to: LinkKind['to'],
  options: Options = {},
): LinkKind {
  return {
    type,
    label,
    inverse,
    from,
    to,
    isDirected: true,
    isExploitation: false,
    band: 'other',
    identifiesPerson: false,
    aliases: [],
    ...options,
  };
}
