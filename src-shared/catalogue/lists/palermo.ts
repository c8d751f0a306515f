import type { Code, CodeList } from '../code-list.ts';

const ARTICLE_3 = 'Palermo Protocol art. 3(a)';

/** Act and purpose make trafficking of a child (art. 3(c)); an adult’s case also needs a means. Never a hard rule here: intelligence is partial. */
export const acts: CodeList = {
  name: 'act',
  label: 'Act',
  source: ARTICLE_3,
  verified: 'second-hand',
  codes: [
    { code: 'recruitment', label: 'Recruitment' },
    { code: 'transportation', label: 'Transportation' },
    { code: 'transfer', label: 'Transfer' },
    { code: 'harbouring', label: 'Harbouring' },
    { code: 'receipt', label: 'Receipt' },
  ],
};

/** Consent is irrelevant once any of these was used (art. 3(b)). */
export const means: CodeList = {
  name: 'means',
  label: 'Means',
  source: ARTICLE_3,
  verified: 'second-hand',
  codes: [
    { code: 'threat-of-force', label: 'Threat of force' },
    { code: 'use-of-force', label: 'Use of force' },
    { code: 'other-forms-of-coercion', label: 'Other forms of coercion' },
    { code: 'abduction', label: 'Abduction' },
    { code: 'fraud', label: 'Fraud' },
    { code: 'deception', label: 'Deception' },
    { code: 'abuse-of-power', label: 'Abuse of power' },
    { code: 'abuse-of-position-of-vulnerability', label: 'Abuse of a position of vulnerability' },
    {
      code: 'payments-or-benefits-to-person-in-control',
      label: 'Payments or benefits to a person having control over another',
    },
  ],
};

export type Purpose = Code & { readonly basis: 'palermo' | 'eu-2011-36' | 'eu-2024-1712' };

/** The Protocol’s list is a minimum; Directive 2011/36/EU and (EU) 2024/1712 add forms. Which directive added which is from memory. */
export const purposes: CodeList<Purpose> = {
  name: 'purpose',
  label: 'Purpose',
  source: `${ARTICLE_3}; Directive 2011/36/EU art. 2(3) as amended by (EU) 2024/1712`,
  verified: 'second-hand',
  codes: [
    {
      code: 'exploitation-of-prostitution-of-others',
      label: 'Exploitation of the prostitution of others',
      basis: 'palermo',
    },
    { code: 'other-sexual-exploitation', label: 'Other sexual exploitation', basis: 'palermo' },
    { code: 'forced-labour-or-services', label: 'Forced labour or services', basis: 'palermo' },
    { code: 'slavery', label: 'Slavery', basis: 'palermo' },
    { code: 'practices-similar-to-slavery', label: 'Practices similar to slavery', basis: 'palermo' },
    { code: 'servitude', label: 'Servitude', basis: 'palermo' },
    { code: 'removal-of-organs', label: 'Removal of organs', basis: 'palermo' },
    { code: 'forced-begging', label: 'Forced begging', basis: 'eu-2011-36', verified: 'memory' },
    {
      code: 'exploitation-of-criminal-activities',
      label: 'Exploitation of criminal activities',
      basis: 'eu-2011-36',
      verified: 'memory',
    },
    { code: 'exploitation-of-surrogacy', label: 'Exploitation of surrogacy', basis: 'eu-2024-1712' },
    { code: 'forced-marriage', label: 'Forced marriage', basis: 'eu-2024-1712' },
    { code: 'illegal-adoption', label: 'Illegal adoption', basis: 'eu-2024-1712' },
  ],
};
