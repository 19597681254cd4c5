import { Maximize, Minus, Plus } from 'lucide-react';
import { PictureMenu } from '../charts/pictures/PictureMenu.tsx';
import type { PaintedView } from '../charts/pictures/picture.ts';
import { QuantityChoice, ScaleChoice } from '../panels/gradients/ColourChoice.tsx';
import type { Quantity } from '../panels/gradients/quantities.ts';
import { ScaleLegend } from '../panels/gradients/ScaleLegend.tsx';
import { runCommand, useShortcut } from '../state/commands.ts';
import { unrolledStore, useUnrolled } from '../state/unrolled-store.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { ButtonGroup } from '../ui/ButtonGroup.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/fields/Segmented.tsx';

interface UnrolledBarProps {
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
  /** Null while nothing is painted. */
  readonly picture: PaintedView | null;
}

/** What the colours show, on which scale, and how close one looks. */
export function UnrolledBar({ quantity, quantities, picture }: UnrolledBarProps): React.JSX.Element {
  const mode = useUnrolled((unrolled) => unrolled.mode);
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  return (
    <div className="unrolled-bar">
      <Segmented
        label="What is shown"
        value={mode}
        options={[
          { value: 'training', label: 'training' },
          { value: 'example', label: 'one example' },
        ]}
        onChange={(value) => {
          unrolledStore.setState({ mode: value, playing: false });
        }}
      />
      <span className="unrolled-quantity">
        <QuantityChoice label="Colour of the copies" quantity={quantity} names={quantities} />
      </span>
      <span className="unrolled-scale">
        <ScaleChoice label="Scale of the colours" />
      </span>
      <ScaleLegend quantity={quantity} scale={scale} />
      {picture === null ? <span className="picture-button" aria-hidden /> : <PictureMenu label="Save the unrolled view" picture={picture} />}
      <ZoomButtons />
    </div>
  );
}

function ZoomButtons(): React.JSX.Element {
  const button = (id: string, label: string, icon: React.ReactNode, shortcut: string | null): React.JSX.Element => (
    <IconButton
      label={label}
      icon={icon}
      shortcut={shortcut}
      onClick={() => {
        runCommand(id);
      }}
    />
  );
  return (
    <ButtonGroup label="Zoom">
      {button('unrolled.zoomIn', 'Zoom in', <Plus aria-hidden />, useShortcut('unrolled.zoomIn'))}
      {button('unrolled.zoomOut', 'Zoom out', <Minus aria-hidden />, useShortcut('unrolled.zoomOut'))}
      {button('unrolled.fit', 'Frame all steps', <Maximize aria-hidden />, useShortcut('unrolled.fit'))}
    </ButtonGroup>
  );
}
