import type { CodeList } from './code-list.ts';
import { agencyKinds } from './lists/agency-kinds.ts';
import { countries } from './lists/countries.ts';
import { documentTypes, eventTypes, placeTypes, transportModes } from './lists/events.ts';
import * as htcds from './lists/htcds.ts';
import { iloIndicators } from './lists/ilo.ts';
import { legalBases } from './lists/legal-bases.ts';
import { handlingCodes, tlp } from './lists/marking.ts';
import { venues } from './lists/niem.ts';
import { acts, means, purposes } from './lists/palermo.ts';
import { processingPurposes } from './lists/processing-purposes.ts';
import { subjectCategories } from './lists/subject-category.ts';

/** Every code list that a property or a record header names. Grading schemes: lists/grading.ts. */
export const codeLists: readonly CodeList[] = [
  subjectCategories,
  acts,
  means,
  purposes,
  iloIndicators,
  htcds.traffickingStatus,
  htcds.relationshipToTrafficker,
  htcds.methodOfRecruitment,
  htcds.methodsOfControl,
  htcds.typeOfExploitation,
  htcds.forcedLabourIndustry,
  htcds.typeOfSexExploitation,
  htcds.perpetratorRoles,
  htcds.gender,
  htcds.organisationType,
  htcds.onlinePlatforms,
  htcds.caseStatus,
  venues,
  eventTypes,
  transportModes,
  documentTypes,
  placeTypes,
  countries,
  tlp,
  handlingCodes,
  legalBases,
  processingPurposes,
  agencyKinds,
];

const byName: ReadonlyMap<string, CodeList> = new Map(codeLists.map((list) => [list.name, list]));

/** The list with this name; undefined when there is none. */
export function codeList(name: string): CodeList | undefined {
  return byName.get(name);
}
