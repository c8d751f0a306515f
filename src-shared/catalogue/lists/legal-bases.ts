import type { Code, CodeList } from '../code-list.ts';
import { gatewayScopes } from './gateway-scopes.ts';
import type { GatewayScope } from './gateway-scopes.ts';

/**
 * `gateway` can be cited for a release; `duty` binds whoever releases or receives; `context` defines crimes or terms and opens
 * nothing, so it is never enough alone.
 */
export type LegalBasis = Code & {
  readonly instrument: string;
  readonly article: string;
  readonly supports: string;
  readonly kind: 'gateway' | 'duty' | 'context';
  /** What a person has to add in words: the agreement, its article, date or expiry. */
  readonly needsReference?: true;
  /** Of a gateway: from where to whom. */
  readonly scope?: GatewayScope;
};

type Row = readonly [
  code: string,
  instrument: string,
  article: string,
  supports: string,
  kind: LegalBasis['kind'],
  extra?: Partial<Pick<LegalBasis, 'needsReference' | 'verified' | 'help'>>,
];

const PALERMO = 'Palermo Protocol (2000)';
const UNTOC = 'UN Convention against Transnational Organized Crime (2000)';
const COE197 = 'Council of Europe Convention CETS 197 (2005)';
const LED = 'Directive (EU) 2016/680';
const EUROPOL = 'Regulation (EU) 2016/794 as amended by (EU) 2022/991';
const EXCHANGE = 'Directive (EU) 2023/977';

const rows: readonly Row[] = [
  [
    'palermo-10-1',
    PALERMO,
    'art. 10(1)',
    'Information between law enforcement and immigration authorities: whether border-crossers are perpetrators or victims, documents used, means, methods, routes and links between groups',
    'gateway',
  ],
  [
    'palermo-10-3',
    PALERMO,
    'art. 10(3)',
    'The receiving State obeys the restrictions that the sender puts on use',
    'duty',
  ],
  ['palermo-6-1', PALERMO, 'art. 6(1)', 'Privacy and identity of victims are protected', 'duty'],
  ['palermo-13', PALERMO, 'art. 13', 'Travel documents are verified at another State’s request', 'gateway'],
  [
    'untoc-18-4',
    UNTOC,
    'art. 18(4)–(5)',
    'Spontaneous transmission before any request; the recipient keeps it confidential or uses it as restricted',
    'gateway',
    { help: 'Also a duty of the recipient; disclosure that exculpates an accused person is excepted.' },
  ],
  ['untoc-18-19', UNTOC, 'art. 18(19)–(20)', 'Limits on use, and confidentiality of requests', 'duty'],
  ['untoc-18', UNTOC, 'art. 18', 'Mutual legal assistance (evidence)', 'gateway'],
  ['untoc-19', UNTOC, 'art. 19', 'Joint investigations', 'gateway'],
  ['untoc-26', UNTOC, 'art. 26', 'Cooperating persons', 'gateway'],
  [
    'untoc-27',
    UNTOC,
    'art. 27(1)–(2)',
    'Direct police cooperation: channels; identity, whereabouts and activities of suspects; proceeds. Can itself be the basis where there is no agreement',
    'gateway',
    { verified: 'source' },
  ],
  [
    'untoc-28',
    UNTOC,
    'art. 28',
    'Exchange of analytical expertise',
    'gateway',
    { help: 'Strategic, not personal, information.' },
  ],
  ['coe197-32', COE197, 'art. 32', 'The widest possible cooperation', 'gateway'],
  [
    'coe197-33',
    COE197,
    'art. 33',
    'Endangered persons and missing children: information and measures at once',
    'gateway',
    { help: 'Urgent cases.' },
  ],
  [
    'coe197-34',
    COE197,
    'art. 34(1)–(4)',
    'Report of the result; spontaneous information; confidentiality or conditions',
    'gateway',
    { help: 'Conditions set by the sender bind the recipient.' },
  ],
  ['coe197-11', COE197, 'art. 11', 'Victims’ private life; identity of children', 'duty'],
  ['coe197-28', COE197, 'art. 28', 'Protection from retaliation', 'duty', { verified: 'second-hand' }],
  [
    'eu-2011-36',
    'Directive 2011/36/EU as amended by (EU) 2024/1712',
    'art. 2, 9, 11, 12, 19, 19a',
    'Offences, investigation, victims, rapporteurs, statistics',
    'context',
  ],
  ['led-8', LED, 'art. 8, 10', 'Lawfulness; special categories only where strictly necessary', 'duty'],
  [
    'led-6',
    LED,
    'art. 6',
    'Suspects, convicted persons, victims or possible victims, and other parties are distinguished',
    'duty',
  ],
  [
    'led-7',
    LED,
    'art. 7(1)–(3)',
    'Fact is kept apart from personal assessment; quality is verified before sending; recipients are told of errors',
    'duty',
  ],
  ['led-9', LED, 'art. 9(3)–(4)', 'The recipient is told the specific processing conditions', 'duty'],
  ['led-5', LED, 'art. 5', 'Time limits for erasure or review', 'duty'],
  ['led-16', LED, 'art. 16(5)–(6)', 'Recipients are told of rectification and erasure', 'duty'],
  [
    'led-24/25/29',
    LED,
    'art. 24, 25, 29',
    'Records of processing; logs of collection, alteration, consultation, disclosure, combination and erasure; security',
    'duty',
  ],
  [
    'led-35',
    LED,
    'art. 35(1)(a)–(e)',
    'Transfer abroad: necessary, to a competent authority, with the originating State’s authorisation, with adequacy, safeguards or a derogation; onward transfer needs authorisation',
    'gateway',
    { verified: 'second-hand' },
  ],
  [
    'led-36..39',
    LED,
    'art. 36, 37, 38, 39',
    'Adequacy; appropriate safeguards; derogations; transfer to others than authorities in third countries',
    'gateway',
  ],
  [
    'dpa2018-73',
    'UK Data Protection Act 2018, Part 3',
    's. 73, 74A, 75–78',
    'UK equivalents of Directive (EU) 2016/680 art. 35–39',
    'gateway',
  ],
  [
    'eu-2023-977-4/5',
    EXCHANGE,
    'art. 4, 5',
    'Requests to and answers by single points of contact: 8 hours urgent and directly accessible, 3 days urgent otherwise, 7 days for the rest',
    'gateway',
    { verified: 'second-hand' },
  ],
  [
    'eu-2023-977-6..14',
    EXCHANGE,
    'art. 6, 7, 8, 10, 11, 13, 14',
    'Refusal; provision on own initiative; direct requests; conditions on personal data; languages; SIENA by default; single points of contact',
    'gateway',
  ],
  [
    'europol-18/19',
    EUROPOL,
    'art. 18(2)(a)–(d), 19(2)',
    'Cross-checking, strategic and operational analysis, facilitating exchange; the provider’s restrictions on access, use, transfer and erasure',
    'gateway',
  ],
  [
    'europol-25',
    EUROPOL,
    'art. 23–25',
    'Transfers to third countries: adequacy, agreement, agreement before 2017, or a derogation case by case',
    'gateway',
    { verified: 'source' },
  ],
  ['europol-29', EUROPOL, 'art. 29', 'Evaluation of source and information (4x4)', 'duty', { verified: 'second-hand' }],
  [
    'europol-30',
    EUROPOL,
    'art. 30',
    'Victims, witnesses, informants and persons under 18: only if strictly necessary and proportionate',
    'duty',
  ],
  [
    'prum2',
    'Regulation (EU) 2024/982 (Prüm II)',
    'art. 47',
    'DNA, fingerprints, vehicle registration, facial images and police records by router; a person decides before release',
    'gateway',
    { help: 'EU systems only.' },
  ],
  [
    'eu-uk-tca',
    'EU–UK Trade and Cooperation Agreement, Part Three',
    'Title IV, art. 563',
    'Operational information between the UK and the EU',
    'gateway',
  ],
  [
    'interpol-rpd',
    'INTERPOL Rules on the Processing of Data',
    'art. 10, 58',
    'Exchange over I-24/7; access restrictions set by the source’s national central bureau',
    'gateway',
  ],
  [
    'asean-actip',
    'ASEAN Convention against Trafficking in Persons (2015)',
    'art. 12, 16, 18, 20, 25',
    'Mutual legal assistance, law-enforcement cooperation, confidentiality',
    'gateway',
  ],
  [
    'saarc-2002',
    'SAARC Convention (2002)',
    'art. VI, VIII',
    'Mutual legal assistance; information on suspects',
    'gateway',
    { help: 'Women and children trafficked for prostitution only.' },
  ],
  [
    'coe-mla2',
    'Second Additional Protocol ETS 182 (mutual assistance)',
    'art. 11, 20',
    'Spontaneous information; joint investigation teams',
    'gateway',
  ],
  ['mlat', 'Bilateral mutual legal assistance treaty', 'as typed in', 'Evidence', 'gateway', { needsReference: true }],
  [
    'jit',
    'Agreement on a joint investigation team',
    'as typed in',
    'The team’s purpose',
    'gateway',
    { needsReference: true },
  ],
  [
    'mou',
    'Memorandum of understanding or information-sharing agreement',
    'as typed in',
    'As agreed between the agencies',
    'gateway',
    { needsReference: true },
  ],
  [
    'vital',
    'Vital interests, threat to life',
    'Directive (EU) 2016/680 art. 38(1)(a); DPA 2018 s. 76; national law',
    'Emergency',
    'gateway',
    { needsReference: true, help: 'A note after the fact is mandatory.' },
  ],
  [
    'consent',
    'Informed consent of the victim',
    'HTCDS con_Consent',
    'Referral to a non-governmental organisation',
    'gateway',
    { help: 'A basis for non-governmental organisations, not between police services.' },
  ],
  [
    'uk-msa-52',
    'Modern Slavery Act 2015',
    's. 51, 52',
    'Duty to notify; an adult’s identity only with consent (s. 52(3)); presumption of age (s. 51)',
    'gateway',
    { verified: 'source', help: 'England and Wales.' },
  ],
  ['uk-cca-7', 'Crime and Courts Act 2013', 's. 7', 'Disclosure to and by the National Crime Agency', 'gateway'],
  [
    'us-tvpa',
    'Trafficking Victims Protection Act 2000',
    '22 U.S.C. 7102; 18 U.S.C. 1589–1592',
    'Definitions and offences',
    'context',
  ],
  [
    'ilo-29/p29/105/182',
    'ILO Conventions C29, P29, C105, C182',
    'C29 2(1); P29 1(3), 2–5; C105 1; C182 3(a), 8',
    'Definitions; cooperation of States',
    'context',
  ],
];

/**
 * Legal bases to cite. Article numbers are from memory unless `verified` says otherwise: a lawyer must check them before anyone relies
 * on them. A treaty article is a basis to cite, not permission: national law still governs.
 */
export const legalBases: CodeList<LegalBasis> = {
  name: 'legal-basis',
  label: 'Legal bases',
  source: 'Instruments as named in each entry',
  verified: 'memory',
  codes: rows.map(([code, instrument, article, supports, kind, extra]) => ({
    code,
    label: `${instrument}, ${article}`,
    instrument,
    article,
    supports,
    kind,
    ...extra,
    ...(gatewayScopes[code] !== undefined && { scope: gatewayScopes[code] }),
  })),
};

/** True for a basis that can be cited for a release; a duty or a context never opens a gateway. Unknown codes do not either. */
export function isGateway(code: string): boolean {
  return legalBases.codes.some((basis) => basis.code === code && basis.kind === 'gateway');
}
