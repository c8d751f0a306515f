import type { HandlingCode, Tlp } from '../../domain/marking.ts';
import type { Code, CodeList } from '../code-list.ts';

export type TlpMeaning = Code & { readonly code: Tlp };

/** TLP 2.0 says who may hear it. It is no classification and says nothing of licence or encryption. */
export const tlp: CodeList<TlpMeaning> = {
  name: 'tlp',
  label: 'Traffic Light Protocol 2.0',
  source: 'FIRST, August 2022',
  verified: 'source',
  codes: [
    { code: 'TLP:CLEAR', label: 'No limit on disclosure' },
    { code: 'TLP:GREEN', label: 'Within the community, not through public channels' },
    {
      code: 'TLP:AMBER',
      label: 'Need to know, within the recipient’s organisation and its clients',
      help: '“Clients” has no meaning between police services: prefer TLP:AMBER+STRICT.',
    },
    { code: 'TLP:AMBER+STRICT', label: 'Need to know, within the recipient’s organisation only' },
    { code: 'TLP:RED', label: 'For the eyes and ears of the individual recipients only, no further disclosure' },
  ],
};

export type HandlingMeaning = Code & {
  readonly code: HandlingCode;
  readonly scheme: 'europol' | 'uk-3x5x2';
  /** docs/formats/record.md, R6 */
  readonly needsCaveat: boolean;
  readonly standsAlone: boolean;
};

/** Handling codes are a duty towards the originator: independent of the TLP label (audience) and of the grade (belief). */
export const handlingCodes: CodeList<HandlingMeaning> = {
  name: 'handling-code',
  label: 'Handling codes',
  source: 'Regulation (EU) 2016/794 practice; UK 3x5x2 training material',
  verified: 'second-hand',
  codes: [
    {
      code: 'H0',
      label: 'Only for preventing and combating crime, under the Europol Regulation and applicable law',
      scheme: 'europol',
      needsCaveat: false,
      standsAlone: true,
    },
    {
      code: 'H1',
      label: 'Not to be disclosed in judicial proceedings without the provider’s permission',
      scheme: 'europol',
      needsCaveat: false,
      standsAlone: false,
    },
    {
      code: 'H2',
      label: 'Not to be disseminated without the provider’s permission',
      scheme: 'europol',
      needsCaveat: false,
      standsAlone: false,
    },
    {
      code: 'H3',
      label: 'Other restrictions, in words',
      scheme: 'europol',
      needsCaveat: true,
      standsAlone: false,
    },
    { code: 'P', label: 'Lawful sharing permitted', scheme: 'uk-3x5x2', needsCaveat: false, standsAlone: true },
    {
      code: 'C',
      label: 'Lawful sharing permitted with conditions, in words',
      scheme: 'uk-3x5x2',
      needsCaveat: true,
      standsAlone: false,
    },
  ],
};
