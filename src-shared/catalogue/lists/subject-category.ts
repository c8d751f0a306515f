import type { Code, CodeList } from '../code-list.ts';

/**
 * What a person is to the case, as Directive (EU) 2016/680 art. 6 makes agencies distinguish. It says nothing about the role in the
 * process (HTCDS), and agencies may disagree.
 */
export type SubjectCategory = Code & {
  /** Identity is withheld by default: Palermo Protocol art. 6(1), Regulation (EU) 2016/794 art. 30. */
  readonly isProtected: boolean;
  /** How the person is called when the name is withheld; an informant is never called one (the word alone can kill). */
  readonly pseudonym: string;
};

export const subjectCategories: CodeList<SubjectCategory> = {
  name: 'subject-category',
  label: 'Subject category',
  source: 'Directive (EU) 2016/680 art. 6',
  verified: 'memory',
  codes: [
    { code: 'suspect', label: 'Suspect', isProtected: false, pseudonym: 'Suspect' },
    { code: 'convicted', label: 'Convicted person', isProtected: false, pseudonym: 'Convicted person' },
    { code: 'victim', label: 'Victim', isProtected: true, pseudonym: 'Victim' },
    { code: 'possible-victim', label: 'Possible victim', isProtected: true, pseudonym: 'Possible victim' },
    { code: 'witness', label: 'Witness', isProtected: true, pseudonym: 'Witness' },
    { code: 'informant', label: 'Informant', isProtected: true, pseudonym: 'Protected person' },
    { code: 'contact', label: 'Contact or associate', isProtected: false, pseudonym: 'Contact' },
    { code: 'other', label: 'Other', isProtected: false, pseudonym: 'Person' },
  ],
};

/** True for victims, possible victims, witnesses and informants. An unknown category is protected: fail closed. */
export function isProtectedCategory(code: string): boolean {
  return subjectCategories.codes.find((entry) => entry.code === code)?.isProtected ?? true;
}
