import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Keys } from './Keys.tsx';

interface Props {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}

/** An icon button with a name, and its shortcut in the tooltip. */
export function ToolButton({ label, icon, keys, isPressed, isDisabled = false, onPress }: Props) {
  return (
    <Tooltip
      label={
        <>
          {label} {keys !== undefined && <Keys keys={keys} />}
        </>
      }
    >
      <ActionIcon
        aria-label={label}
        disabled={isDisabled}
        onClick={onPress}
        {...(isPressed !== undefined && { 'aria-pressed': isPressed, variant: isPressed ? 'light' : 'subtle' })}
        {...(isPressed === true && { color: 'accent' })}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
