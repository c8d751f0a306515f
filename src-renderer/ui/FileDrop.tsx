import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import './file-drop.css';

export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Props {
  /** What to choose, such as "Choose a CSV or GraphML file". */
  readonly label: string;
  readonly hint?: string;
  /** File endings for the picker, such as ".csv,.graphml". */
  readonly accept: string;
  readonly isDisabled?: boolean;
  readonly onPick?: (file: PickedFile) => void;
  /** Instead of `onPick` for a file that may be too large for the page: it is not read. */
  readonly onFile?: (file: File) => void;
}

/** Takes one file by a press or by dropping it, so that nothing depends on dragging (WCAG 2.5.7). The file is only read. */
export function FileDrop({ label, hint, accept, isDisabled = false, onPick, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (file === undefined || isDisabled) return;
    if (onFile !== undefined) onFile(file);
    else onPick?.({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <button
        type="button"
        className="file-drop"
        data-autofocus
        data-over={isOver}
        disabled={isDisabled}
        onClick={() => input.current?.click()}
        onDragOver={over}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <IconFileUpload size={22} aria-hidden />
        <b>{label}</b>
        <span>or drop it here</span>
        {hint !== undefined && <small>{hint}</small>}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const picker = event.currentTarget;
          void take(picker.files?.[0]).finally(() => {
            picker.value = '';
          });
        }}
      />
    </>
  );
}
