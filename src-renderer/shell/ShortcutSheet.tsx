import { Modal } from '@mantine/core';
import { Keys } from '../ui/Keys.tsx';
import { SectionHead } from '../ui/SectionHead.tsx';
import type { Command } from './command.ts';

interface Props {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

const POINTER: readonly (readonly [string, string])[] = [
  ['Select', 'Click'],
  ['Add to the selection', 'Ctrl+Click'],
  ['Select a region', 'Shift+Drag'],
  ['Move the view', 'Drag the canvas'],
];

/** Every shortcut that works here and now. */
export function ShortcutSheet({ commands, onClose }: Props) {
  const bound = commands.filter((command) => command.keys !== undefined);
  const groups = [...new Set(bound.map((command) => command.group))];
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size={760}>
      <p>Single letters work while the chart has the focus: click it, or press F6 until it has a frame.</p>
      <div className="shortcut-sheet">
        {groups.map((group) => (
          <section key={group} className="shortcut-group">
            <SectionHead title={group} />
            {bound
              .filter((command) => command.group === group)
              .map((command) => (
                <div key={command.id} className="shortcut-row">
                  {command.label} <Keys keys={command.keys ?? ''} />
                </div>
              ))}
          </section>
        ))}
        <section className="shortcut-group">
          <SectionHead title="Pointer" />
          {POINTER.map(([label, gesture]) => (
            <div key={label} className="shortcut-row">
              {label} <Keys keys={gesture} />
            </div>
          ))}
        </section>
      </div>
    </Modal>
  );
}
