import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import './file-drop.css';

export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Props {
  /** What may be dropped, such as "Drop a CSV or GraphML file here". */
  readonly label: string;
  readonly buttonLabel: string;
  /** File endings for the picker, such as ".csv,.graphml". */
  readonly accept: string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  readonly onPick: (file: PickedFile) => void;
}

/** Takes one file by dropping it or by a picker, so that nothing depends on dragging (WCAG 2.5.7). The file is only read. */
export function FileDrop({ label, buttonLabel, accept, hint, isDisabled = false, onPick }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const hintId = useId();
  const take = async (file: File | undefined) => {
    if (file === undefined || isDisabled) return;
    onPick({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <fieldset
      className="file-drop"
      data-over={isOver}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={22} aria-hidden />
      <span>{label}</span>
      <Button
        variant="default"
        size="xs"
        disabled={isDisabled}
        onClick={() => input.current?.click()}
        {...(hint !== undefined && { 'aria-describedby': hintId })}
      >
        {buttonLabel}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={buttonLabel}
        onChange={(event) => {
          const picker = event.currentTarget;
          void take(picker.files?.[0]).finally(() => {
            picker.value = '';
          });
        }}
      />
      {hint !== undefined && (
        <small id={hintId} className="file-drop-hint">
          {hint}
        </small>
      )}
    </fieldset>
  );
}
