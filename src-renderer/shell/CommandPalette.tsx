/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list of a combobox; native lists of options cannot hold icons and keys */
import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import type { Command } from './command.ts';
import './palette.css';
import { PaletteOption } from './PaletteOption.tsx';
import { usePaletteItems } from './use-palette-items.tsx';

interface Props {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

/** One box for "go to" and "do", as a combobox: the caret stays in the field while the arrows move through the list. */
export function CommandPalette({ commands, onClose }: Props) {
  const list = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(-1);
  // Enter came before the answer: the best hit of what was typed is opened when it is there
  const [isWaiting, setIsWaiting] = useState(false);
  const { items, isSettled } = usePaletteItems(query, commands);
  // Before anything is typed or chosen Enter runs nothing.
  const current = Math.min(active, items.length - 1);
  const chosen = items[current];
  const run = (index: number) => {
    const item = items[index];
    if (item?.isReady !== true) {
      setIsWaiting(item !== undefined);
      return;
    }
    onClose();
    item.run();
  };
  useRunWhen(isWaiting && isSettled, () => run(current));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive((current + 1) % Math.max(1, items.length));
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? items.length - 1 : current - 1);
    else if (event.key === 'Enter') run(current);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      centered={false}
      yOffset={78}
      size={600}
      withCloseButton={false}
      padding={0}
      transitionProps={{ duration: 0 }}
      title={<span className="visually-hidden">Command box</span>}
      classNames={{ header: 'palette-title' }}
    >
      <input
        ref={focusAtOnce}
        className="palette-input"
        role="combobox"
        aria-label="Command, name, number or plate"
        aria-expanded={items.length > 0}
        aria-controls={list}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
        placeholder="Type a command, or a name, number or plate"
        value={query}
        data-autofocus
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
          setIsWaiting(false);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label="Results" className="palette-list" tabIndex={-1}>
        {items.map((item, index) => (
          <PaletteOption
            key={item.id}
            id={`${list}-${item.id}`}
            item={item}
            startsGroup={items[index - 1]?.group !== item.group}
            isActive={index === current}
            onHover={() => setActive(index)}
            onRun={() => run(index)}
          />
        ))}
      </div>
      {items.length === 0 && isSettled && <p className="palette-empty">Nothing found.</p>}
    </Modal>
  );
}

/** Runs once when it becomes true. */
function useRunWhen(isTime: boolean, run: () => void): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (isTime) latest();
  }, [isTime]);
}

/** Before the dialog's own focus trap gets to it: what is typed right after Ctrl+K must not be lost. */
function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
