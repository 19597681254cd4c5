import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { quantities, type Quantity } from './quantities.ts';

export function chooseQuantity(quantity: Quantity): void {
  workspaceStore.setState({ heatmapQuantity: quantity });
}

interface QuantityChoiceProps {
  readonly label: string;
  readonly quantity: Quantity;
  readonly names: readonly Quantity[];
}

/** What the colours of a picture show; one choice for every picture of gradients. */
export function QuantityChoice({ label, quantity, names }: QuantityChoiceProps): React.JSX.Element {
  return (
    <Select
      label={label}
      value={quantity}
      options={names.map((name) => ({ value: name, label: quantities[name].label }))}
      onChange={(value) => {
        const found = names.find((name) => name === value);
        if (found !== undefined) chooseQuantity(found);
      }}
    />
  );
}

/** What a colour stands for: the same number everywhere, or the same part of its row's largest. */
export function ScaleChoice({ label }: { readonly label: string }): React.JSX.Element {
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  return (
    <Segmented
      label={label}
      value={scale}
      options={[
        { value: 'absolute', label: 'absolute' },
        { value: 'row', label: 'per row' },
      ]}
      onChange={(heatmapScale) => {
        workspaceStore.setState({ heatmapScale });
      }}
    />
  );
}
