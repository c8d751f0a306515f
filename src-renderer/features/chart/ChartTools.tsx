import { Divider } from '@mantine/core';
import { IconFocusCentered, IconMaximize, IconSitemap, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { ToolButton } from '../../ui/ToolButton.tsx';

interface Props {
  readonly hasSelection: boolean;
  readonly onZoomIn: () => void;
  readonly onZoomOut: () => void;
  readonly onFitAll: () => void;
  readonly onFitSelection: () => void;
  readonly onLayOut: () => void;
}

/** The tools at the edge of the canvas. */
export function ChartTools({ hasSelection, onZoomIn, onZoomOut, onFitAll, onFitSelection, onLayOut }: Props) {
  return (
    <div className="chart-float chart-tools" role="toolbar" aria-label="Chart tools" aria-orientation="vertical">
      <ToolButton label="Zoom in" keys="+" icon={<IconZoomIn size={17} />} onPress={onZoomIn} />
      <ToolButton label="Zoom out" keys="-" icon={<IconZoomOut size={17} />} onPress={onZoomOut} />
      <ToolButton label="Fit all" keys="F" icon={<IconMaximize size={17} />} onPress={onFitAll} />
      <ToolButton
        label="Zoom to selection"
        keys="Z"
        isDisabled={!hasSelection}
        icon={<IconFocusCentered size={17} />}
        onPress={onFitSelection}
      />
      <Divider w={20} mx="auto" />
      <ToolButton label="Lay out again" keys="1" icon={<IconSitemap size={17} />} onPress={onLayOut} />
    </div>
  );
}
