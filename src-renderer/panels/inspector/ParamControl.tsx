import type { FieldSpec } from '../../../src-engine/document/kind-spec.ts';
import type { ParamValue } from '../../../src-engine/document/project.ts';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { Switch } from '../../ui/fields/Switch.tsx';

interface ParamControlProps {
  readonly field: FieldSpec;
  readonly value: ParamValue;
  readonly ids: { readonly control: string; readonly description: string | undefined };
  readonly onChange: (value: ParamValue) => void;
  readonly onTyping: (error: string | null) => void;
}

/** The control that suits an option's kind. */
export function ParamControl({ field, value, ids, onChange, onTyping }: ParamControlProps) {
  const shared = { id: ids.control, describedBy: ids.description };
  switch (field.type) {
    case 'integer':
    case 'number': {
      const rule = { min: field.min, max: field.max, integer: field.type === 'integer' };
      return <NumberInput {...shared} value={Number(value)} rule={rule} unit={field.unit ?? undefined} onCommit={onChange} onError={onTyping} />;
    }
    case 'choice':
      return <Select {...shared} value={String(value)} options={field.options} onChange={onChange} />;
    case 'boolean':
      return <Switch {...shared} checked={value === true} onChange={onChange} />;
  }
}
