import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, createContext, useContext } from 'react';

const SchemeContext = createContext<'light' | 'dark'>('light');

/** Asks the browser once for light or dark: Mantine's own hook asks once for every icon of a table. */
export function SchemeProvider({ children }: { readonly children: ReactNode }) {
  return <SchemeContext value={useComputedColorScheme('light')}>{children}</SchemeContext>;
}

/** Light or dark, as the page is now. */
export function useScheme(): 'light' | 'dark' {
  return useContext(SchemeContext);
}
