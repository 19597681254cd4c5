import { Switch as Radix } from 'radix-ui';
import './switch.css';

interface SwitchProps {
  readonly id?: string;
  readonly label?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
}

/** On or off, at once. Give `label` where no visible `<label htmlFor>` names it. */
export function Switch({ id, label, checked, onChange, disabled = false, describedBy }: SwitchProps) {
  return (
    <Radix.Root
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      className="ui-switch"
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
    >
      <Radix.Thumb className="ui-switch-thumb" />
    </Radix.Root>
  );
}
