import { type CodeList, codesFrom, codesOf } from '../code-list.ts';

/** Lists of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0). All its fields are drafts; codes are kept letter for letter. */
const SOURCE = 'HTCDS 2.0, IOM, 24 December 2021 (CC BY 4.0)';

function htcds(name: string, label: string, codes: CodeList['codes']): CodeList {
  return { name, label, source: SOURCE, verified: 'source', codes };
}

export const traffickingStatus = htcds(
  'trafficking-status',
  'Trafficking status',
  codesFrom({
    PossibleVictimOfTrafficking: 'Possible victim of trafficking',
    ActualVictimOfTrafficking: 'Actual victim of trafficking',
    NotAVictimOfTrafficking: 'Not a victim of trafficking',
  }),
);

/** `Unaquainted` is spelt so in the standard. */
export const relationshipToTrafficker = htcds('relationship-to-trafficker', 'Relationship to trafficker', [
  { code: 'Familial', label: 'Familial' },
  { code: 'Acquainted', label: 'Acquainted' },
  { code: 'Unaquainted', label: 'Unacquainted', aliases: ['Unacquainted'] },
]);

export const methodOfRecruitment = htcds(
  'method-of-recruitment',
  'Method of recruitment',
  codesFrom({
    AtAPlaceOfBusiness: 'At a place of business',
    AtAnEducationalInstitution: 'At an educational institution',
    AtWork: 'At work',
    ThroughOnlineSocialNetworks: 'Through online social networks',
    ThroughAnOnlineAdvertisement: 'Through an online advertisement',
    ThroughATelevisionAdvert: 'Through a television advert',
    ThroughANewspaperAdvert: 'Through a newspaper advert',
    ThroughFamilyOrFamilyEvents: 'Through family or family events',
    ThroughFriendsOrSocialEvents: 'Through friends or social events',
    Other: 'Other',
  }),
);

/** The standard’s pick list has 16 values, its definitions file 17 others; CTDC uses the second set. Both are accepted and neither is changed. */
export const methodsOfControl = htcds('methods-of-control', 'Methods of control', [
  ...codesFrom({
    PhysicalThreats: 'Physical threats',
    ThreatsLawEnforcement: 'Threats of law enforcement',
    ThreatensChildrenFamily: 'Threatens children or family',
    DebtBondage: 'Debt bondage',
    FalsePromises: 'False promises',
    PhysicalAbuse: 'Physical abuse',
    SexualAbuse: 'Sexual abuse',
    TakesEarnings: 'Takes earnings',
    RestrictsFinancialAccess: 'Restricts financial access',
    RestrictsMedicalCare: 'Restricts medical care',
    WithholdsNecessities: 'Withholds necessities',
    PsychologicalAbuse: 'Psychological abuse',
    PsychoactiveSubstance: 'Psychoactive substance',
    ExcessiveWorkingHours: 'Excessive working hours',
    WithholdsDocuments: 'Withholds documents',
    RestrictsMovement: 'Restricts movement',
    UsesChildren: 'Uses children',
    Threats: 'Threats (definitions file)',
    ThreatOfLawEnforcement: 'Threat of law enforcement (definitions file)',
    PsychoactiveSubstances: 'Psychoactive substances (definitions file)',
    Other: 'Other',
  }),
]);

export const typeOfExploitation = htcds(
  'type-of-exploitation',
  'Type of exploitation',
  codesFrom({
    ForcedLabour: 'Forced labour',
    SexualExploitation: 'Sexual exploitation',
    ChildLabour: 'Child labour',
    ForcedMarriage: 'Forced marriage',
    Servitude: 'Servitude',
    ForcedMilitaryByNonStateActors: 'Forced military (by non-state actors)',
    OrganRemoval: 'Organ removal',
    ForcedBegging: 'Forced begging',
    ForcedAdoption: 'Forced adoption',
    Surrogacy: 'Surrogacy',
    Other: 'Other',
  }),
);

/** Sections A to U of ISIC revision 4. */
export const forcedLabourIndustry = htcds(
  'forced-labour-industry',
  'Forced labour industry',
  codesFrom({
    A_AgricultureForestryAndFishing: 'Agriculture, forestry and fishing',
    B_MiningAndQuarrying: 'Mining and quarrying',
    C_Manufacturing: 'Manufacturing',
    D_ElectricityGasSteamAndAirConditioningSupply: 'Electricity, gas, steam and air conditioning supply',
    E_WaterSupplySewerageWasteManagement: 'Water supply; sewerage, waste management and remediation',
    F_Construction: 'Construction',
    G_WholesaleAndRetailTradeRepairOfMotorVehicles: 'Wholesale and retail trade; repair of motor vehicles',
    H_TransportationAndStorage: 'Transportation and storage',
    I_AccommodationAndFoodServiceActivities: 'Accommodation and food service',
    J_InformationAndCommunication: 'Information and communication',
    K_FinancialAndInsuranceActivities: 'Financial and insurance activities',
    L_RealEstateActivities: 'Real estate activities',
    M_ProfessionalScientificAndTechnicalActivities: 'Professional, scientific and technical activities',
    N_AdministrativeAndSupportServiceActivities: 'Administrative and support service activities',
    O_PublicAdministrationAndDefence: 'Public administration and defence; compulsory social security',
    P_Education: 'Education',
    Q_HumanHealthAndSocialWorkActivities: 'Human health and social work',
    R_ArtsEntertainmentAndRecreation: 'Arts, entertainment and recreation',
    S_OtherServiceActivities: 'Other service activities',
    T_ActivitiesOfHouseholdsAsEmployers: 'Activities of households as employers',
    U_ActivitiesOfExtraterritorialOrganizations: 'Activities of extraterritorial organizations and bodies',
  }),
);

export const typeOfSexExploitation = htcds(
  'type-of-sex-exploitation',
  'Type of sex exploitation',
  codesFrom({
    Prostitution: 'Prostitution',
    Pornography: 'Pornography',
    RemoteInteractiveServices: 'Remote interactive services',
    PrivateSexualServices: 'Private sexual services',
  }),
);

/** Read “transferred individual” as “the one who transferred the individual”: these are roles of perpetrators. */
export const perpetratorRoles = htcds(
  'perpetrator-role',
  'Role in the process',
  codesFrom({
    TravellingPartner: 'Travelling partner',
    Transporter: 'Transporter',
    RecruiterOrIntermediary: 'Recruiter or intermediary',
    BrokerTravelAgent: 'Broker or travel agent',
    TransferredIndividual: 'Transferred the individual',
    HarbouredIndividual: 'Harboured the individual',
    SoldIndividual: 'Sold the individual',
    BoughtIndividual: 'Bought the individual',
    ReceivedIndividual: 'Received the individual',
    ControlledIndividual: 'Controlled the individual',
    Smuggler: 'Smuggler',
    Abuser: 'Abuser',
    Kidnapper: 'Kidnapper',
    Exploiter: 'Exploiter',
    Other: 'Other',
  }),
);

export const gender = htcds('gender', 'Gender', [
  { code: 'Feminine', label: 'Feminine', aliases: ['female', 'woman', 'girl', 'f', 'mujer', 'femenino'] },
  { code: 'Masculine', label: 'Masculine', aliases: ['male', 'man', 'boy', 'm', 'hombre', 'masculino'] },
  { code: 'TransgenderFeminine', label: 'Transgender feminine' },
  { code: 'TransgenderMasculine', label: 'Transgender masculine' },
  { code: 'NonConforming', label: 'Non-conforming' },
  { code: 'NonSpecifiedUnknown', label: 'Not specified or unknown', aliases: ['unknown', 'u', 'desconocido'] },
]);

export const organisationType = htcds(
  'organisation-type',
  'Organisation type',
  codesFrom({
    NGO: 'NGO',
    LawEnforcement: 'Law enforcement',
    HealthServiceOrganisation: 'Health service organisation',
    CentralGovernmentOrganisation: 'Central government organisation',
    LocalGovernmentOrganisation: 'Local government organisation',
    ImmigrationService: 'Immigration service',
    LegalService: 'Legal service',
    CorporateBusiness: 'Corporate business',
    SchoolOrCollege: 'School or college',
  }),
);

export const onlinePlatforms = htcds('online-platform', 'Websites and apps', [
  ...codesOf('Facebook', 'Instagram', 'WhatsApp', 'Telegram', 'FacebookMessenger', 'Viber', 'SnapChat', 'Line'),
  ...codesOf('4Sale', 'WeChat', 'QQ', 'QZone', 'TikTok', 'Twitter', 'Other'),
]);

/** `Recruitment`, `Transit` and `Exploitation` are HTCDS hte_Type: see `htcds` in ./events.ts. */
export const caseStatus = htcds(
  'case-status',
  'Case status',
  codesFrom({ Active: 'Active', FollowUp: 'Follow up', Closed: 'Closed', ClosedReferred: 'Closed, referred' }),
);
