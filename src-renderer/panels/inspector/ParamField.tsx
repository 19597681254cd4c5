import { useState } from 'react';
import { setParam } from '../../../src-engine/document/edits.ts';
import type { FieldSpec } from '../../../src-engine/document/kind-spec.ts';
import { describeField, hasFieldType, isFieldValue } from '../../../src-engine/document/params.ts';
import type { GraphNode, ParamValue } from '../../../src-engine/document/project.ts';
import { nodeTitle } from '../../state/document-kinds.ts';
import { documentActions } from '../../state/document-store.ts';
import { Field } from '../../ui/Field.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { FieldLabel } from './FieldLabel.tsx';

interface ParamFieldProps {
  readonly node: GraphNode;
  readonly field: FieldSpec;
}

/** One option of a node. What is typed out of bounds stays in the field with the reason and is not applied. */
export function ParamField({ node, field }: ParamFieldProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const given = node.params[field.name];
  const value = hasFieldType(field, given) ? given : field.default;
  const stored = given === undefined || isFieldValue(field, given) ? null : `Must be ${describeField(field)}.`;
  const change = (next: ParamValue) => {
    documentActions.edit(`${field.label.replace('_', '')} of ${nodeTitle(node)}`, (graph) => setParam(graph, node.id, field.name, next));
  };
  return (
    <Field label={<FieldLabel text={field.label} />} error={typing ?? stored} about={field.help}>
      {(ids) => <ParamControl field={field} value={value} ids={ids} onChange={change} onTyping={setTyping} />}
    </Field>
  );
}

interface ParamControlProps {
  readonly field: FieldSpec;
  readonly value: ParamValue;
  readonly ids: { readonly control: string; readonly description: string | undefined };
  readonly onChange: (value: ParamValue) => void;
  readonly onTyping: (error: string | null) => void;
}

function ParamControl({ field, value, ids, onChange, onTyping }: ParamControlProps) {
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
