import { createContext, useContext } from 'react';

/** Whether the item of a list that something stands in is the one that the arrow keys chose. */
export const ActiveItem = createContext(true);

/** For the controls inside an item: the Tab key stops at those of the chosen item only. */
export function useItemTabIndex(): 0 | -1 {
  return useContext(ActiveItem) ? 0 : -1;
}
