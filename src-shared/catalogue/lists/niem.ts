import { type CodeList, codesOf } from '../code-list.ts';

/** Venue of exploitation, which HTCDS lacks: hs:TraffickedVenueCodeSimpleType, verbatim. */
export const venues: CodeList = {
  name: 'venue',
  label: 'Venue',
  source: 'NIEM 6.0 Human Services (CC BY 4.0)',
  verified: 'source',
  codes: [
    ...codesOf('Bar/Cantina/Restaurant', 'Beauty Salon/Spa', 'Boat/Ocean/Lake/Fishery', 'Bus Station/Truck Stop'),
    ...codesOf('Carnival', 'Casino', 'Child Care Facility', 'Construction Site', 'Dance/Strip Clubs'),
    ...codesOf('Did Not Disclose', 'Diplomatic Residence', 'Educational Setting', 'Escort/Delivery Service', 'Factory'),
    ...codesOf('Farm/Ranch', 'Foster Home', 'Healthcare Facility', 'Hotel/Motel-Based'),
    ...codesOf('Internet/Pornography/Webchat', 'Juvenile Detention Facility/Jail/Prison', 'Massage Parlor'),
    ...codesOf('Mine/Quarry', 'Natural Disaster', 'Non-Relative Home', 'Other', 'Relative Home'),
    ...codesOf('Residential Brothel', 'Residential Group Home', 'Residential Placement And Congregate Care'),
    ...codesOf('Retail Sales', 'Shelter', 'Street-Based', 'Unknown', 'Webchat'),
  ],
};
