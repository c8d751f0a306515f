export const INSPECTOR_TABS = ['details', 'links', 'sources', 'files', 'history'] as const;

/** A page of the inspector. */
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

/** What the tabs say was chosen. */
export function inspectorTabOf(value: string | null): InspectorTab {
  return INSPECTOR_TABS.find((tab) => tab === value) ?? 'details';
}
