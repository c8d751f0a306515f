import { expect, test } from 'vitest';
import { isInspectorShown, showInspector } from '../../../src-renderer/shell/inspector-place.ts';
import { createViewStore } from '../../../src-renderer/shell/view-state.ts';

test('the inspector is there where it has room, until somebody shows or hides it', () => {
  const store = createViewStore();
  const shown = () => [true, false].map((hasRoom) => isInspectorShown(store.get(), hasRoom));
  expect(shown()).toEqual([true, false]);
  showInspector(store, true);
  expect(shown()).toEqual([true, true]);
  showInspector(store, false);
  expect(shown()).toEqual([false, false]);
  expect(store.get().panels.filters).toBe(true);
});
