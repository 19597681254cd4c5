import { useState } from 'react';
import { setParam } from '../../../src-engine/document/edits.ts';
import type { ParamSpec } from '../../../src-engine/document/kind-spec.ts';
import { describeField, hasFieldType, isFieldValue } from '../../../src-engine/document/params.ts';
import type { GraphNode, ParamValue } from '../../../src-engine/document/project.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import { documentActions } from '../../state/document-store.ts';
import { Field } from '../../ui/fields/Field.tsx';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { FieldLabel } from './FieldLabel.tsx';
import { ParamControl } from './ParamControl.tsx';

interface ParamFieldProps {
  readonly node: GraphNode;
  readonly field: ParamSpec;
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
    <Field
      label={<FieldLabel text={field.label} />}
      error={typing ?? stored}
      about={field.help}
      help={<HelpButton term={field.term} subject={field.label.replace('_', '')} about={field.help} />}
    >
      {(ids) => <ParamControl field={field} value={value} ids={ids} onChange={change} onTyping={setTyping} />}
    </Field>
  );
}
