/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an option of a combobox's list; a native one cannot hold icons and keys */
import { useEffect, useRef } from 'react';
import { Keys } from '../ui/Keys.tsx';
import type { PaletteItem } from './use-palette-items.tsx';

interface Props {
  readonly id: string;
  readonly item: PaletteItem;
  readonly startsGroup: boolean;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onRun: () => void;
}

/** One row of the command box. It never has the focus: the field names the active one. */
export function PaletteOption({ id, item, startsGroup, isActive, onHover, onRun }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <>
      {startsGroup && (
        <div role="presentation" className="palette-group">
          {item.group}
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's */}
      <div
        ref={row}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        aria-disabled={!item.isReady}
        className="palette-option"
        onPointerMove={onHover}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onRun}
      >
        {item.icon}
        <span className="palette-label">
          <span>{item.label}</span>
          {item.note}
        </span>
        {item.keys !== undefined && <Keys keys={item.keys} />}
      </div>
    </>
  );
}
