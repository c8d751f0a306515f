import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/**
 * Victims, witnesses and informants, all invented. A release withholds what identifies them unless an officer decides otherwise; partners
 * then see a pseudonym made of the subject's id. The family names occur nowhere else in the case but in one event note, by mistake (P7).
 */
export const VICTIMS: readonly SampleEntity<LanternSource>[] = [
  // taken to the salon and the flats in Northmark
  victim('v01', 'covert', '2025-02-11', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Yanitsa Belokrila',
    dateOfBirth: '2001-07-14',
    gender: 'Feminine',
    methodsOfControl: ['DebtBondage', 'WithholdsDocuments'],
  }),
  victim('v02', 'covert', '2025-02-11', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Radostina Mekova',
    dateOfBirth: '1999',
    gender: 'Feminine',
    methodsOfControl: ['DebtBondage', 'PhysicalThreats'],
  }),
  child('v03', 'hotline', '2025-08-03', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Kalina Vodenska',
    ageText: '16',
    gender: 'Feminine',
    methodsOfControl: ['FalsePromises', 'PsychologicalAbuse'],
    note: 'Believed that she was going to live with a boyfriend.',
  }),
  victim('v04', 'police', '2025-09-12', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Mirela Tsvetanska',
    dateOfBirth: '1997-11-02',
    gender: 'Feminine',
    methodsOfControl: ['TakesEarnings', 'PhysicalAbuse'],
  }),
  victim('v05', 'covert', '2025-03-20', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Denitsa Orlinova',
    dateOfBirth: '2003-01',
    gender: 'Feminine',
    methodsOfControl: ['WithholdsDocuments'],
  }),
  child('v06', 'police', '2025-09-12', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Iveta Sladunova',
    dateOfBirth: '2008-03-05',
    gender: 'Feminine',
    methodsOfControl: ['PsychoactiveSubstance', 'FalsePromises'],
    note: 'Carried an identity card that made her four years older.',
  }),
  victim('v07', 'covert', '2025-03-20', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Ralitsa Zimnova',
    dateOfBirth: '2000~',
    gender: 'Feminine',
    methodsOfControl: ['ThreatensChildrenFamily'],
  }),
  // made to manage others: a victim who was given a task, not an organiser
  victim('v08', 'covert', '2025-04-02', {
    name: 'Bilyana Rosenka',
    typeOfExploitation: 'SexualExploitation',
    dateOfBirth: '1995-09-30',
    gender: 'Feminine',
    traffickingStatus: 'PossibleVictimOfTrafficking',
    methodsOfControl: ['DebtBondage', 'PsychologicalAbuse'],
    note: 'Collects the money at the salon since April. Still in debt herself and locked in at night like the others.',
  }),
  victim('v09', 'hotline', '2025-08-03', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Gergana Lozeva',
    ageText: 'in her thirties',
    gender: 'Feminine',
    methodsOfControl: ['TakesEarnings'],
  }),
  victim('v10', 'police', '2025-09-12', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Stanka Peshterova',
    dateOfBirth: '1992-06-21',
    gender: 'Feminine',
    methodsOfControl: ['PhysicalThreats', 'RestrictsMedicalCare'],
  }),
  // taken to the fish quay and the caravans in Saltmere
  victim('v11', 'police', '2025-06-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Todor Kamenarski',
    dateOfBirth: '1986-02-17',
    gender: 'Masculine',
    methodsOfControl: ['TakesEarnings', 'WithholdsDocuments'],
  }),
  victim('v12', 'police', '2025-06-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Asen Drenkov',
    dateOfBirth: '1990',
    gender: 'Masculine',
    methodsOfControl: ['TakesEarnings'],
  }),
  victim('v13', 'hotline', '2025-08-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Nikolay Trapchev',
    ageText: 'about 40',
    gender: 'Masculine',
    methodsOfControl: ['ExcessiveWorkingHours'],
  }),
  possible('v14', 'hotline', '2025-08-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    gender: 'Masculine',
    ageText: 'about 25',
    appearance: 'Walks with a limp',
  }),
  victim('v15', 'police', '2025-09-12', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Petko Sivrievski',
    dateOfBirth: '1978-10-11',
    gender: 'Masculine',
    methodsOfControl: ['PhysicalAbuse', 'WithholdsNecessities'],
  }),
  child('v16', 'police', '2025-06-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Vasil Hubenski',
    dateOfBirth: '2007-12-19',
    gender: 'Masculine',
    methodsOfControl: ['ExcessiveWorkingHours', 'TakesEarnings'],
  }),
  victim('v17', 'police', '2025-09-12', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Elitsa Barzakova',
    dateOfBirth: '1989',
    gender: 'Feminine',
    methodsOfControl: ['WithholdsDocuments', 'WithholdsNecessities'],
  }),
  possible('v18', 'police', '2025-06-03', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'C_Manufacturing',
    name: 'Mladen Kotarov',
    gender: 'Masculine',
    note: 'Says that everything is in order. The foreman stood beside him.',
  }),
  // kept in Südhafen, at the laundry and the flat
  victim('v19', 'covert', '2025-05-10', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'S_OtherServiceActivities',
    name: 'Tsveta Pametnova',
    dateOfBirth: '1994-04',
    gender: 'Feminine',
    methodsOfControl: ['ExcessiveWorkingHours', 'TakesEarnings'],
  }),
  victim('v20', 'covert', '2025-05-10', {
    typeOfExploitation: 'ForcedLabour',
    forcedLabourIndustry: 'S_OtherServiceActivities',
    name: 'Lidiya Skorcheva',
    dateOfBirth: '1998',
    gender: 'Feminine',
    methodsOfControl: ['WithholdsDocuments'],
  }),
  child('v21', 'hotline', '2025-07-26', {
    typeOfExploitation: 'SexualExploitation',
    name: 'Hristina Vranovska',
    ageText: '15',
    gender: 'Feminine',
    methodsOfControl: ['FalsePromises'],
  }),
  possible('v22', 'open', '2025-07-28', {
    typeOfExploitation: 'SexualExploitation',
    gender: 'Feminine',
    ageText: 'about 16',
    appearance: 'Red coat, short fair hair',
    isMinor: true,
    note: 'Seen in the pictures of two adverts. Nobody knows who she is.',
  }),
];

export const WITNESSES: readonly SampleEntity<LanternSource>[] = [
  protectedPerson('w-neighbour', 'witness', 'police', '2025-04-28', {
    name: 'Agnes Pemberlow',
    occupation: 'Lives across the street',
    note: 'Saw men come at all hours and the same car at night.',
  }),
  protectedPerson('w-clerk', 'witness', 'police', '2025-03-14', {
    name: 'Tobias Rennickson',
    occupation: 'Ferry clerk',
  }),
  protectedPerson('w-nurse', 'witness', 'covert', '2025-05-22', {
    name: 'Maren Iversholm',
    occupation: 'Nurse',
    language: 'de',
  }),
  protectedPerson('w-worker', 'witness', 'hotline', '2025-08-03', {
    name: 'Callum Threaves',
    occupation: 'Fork-lift driver at the fish quay',
  }),
];

/** P13: that there is an informant stays home. */
export const INFORMANTS: readonly SampleEntity<LanternSource>[] = [
  protectedPerson('i-finch', 'informant', 'handler', '2025-01-10', {
    name: 'FINCH',
    note: 'Drives for the coach company twice a month. Registered 2024.',
  }),
  protectedPerson('i-heron', 'informant', 'handler', '2025-02-01', {
    name: 'HERON',
    note: 'Cleans at the salon. Wants to be moved before any arrest.',
  }),
];

function victim(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  const status = { traffickingStatus: 'ActualVictimOfTrafficking', citizenship: 'BG', language: 'bg' };
  return protectedPerson(key, 'victim', source, on, { ...status, ...claims });
}

function child(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  return victim(key, source, on, { isMinor: true, ...claims });
}

function possible(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  return protectedPerson(key, 'possible-victim', source, on, {
    traffickingStatus: 'PossibleVictimOfTrafficking',
    ...claims,
  });
}

function protectedPerson(
  key: string,
  subjectCategory: string,
  source: LanternSource,
  on: string,
  claims: SampleClaims,
): SampleEntity<LanternSource> {
  return { key, type: 'person', source, on, claims: { subjectCategory, ...claims } };
}
