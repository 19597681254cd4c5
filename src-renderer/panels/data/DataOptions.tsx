import { useState } from 'react';
import { findBuiltInData, type BuiltInData } from '../../../src-engine/document/data/built-in-data.ts';
import type { FieldSpec } from '../../../src-engine/document/kind-spec.ts';
import { hasFieldType } from '../../../src-engine/document/params.ts';
import type { DataSpec, ParamValue } from '../../../src-engine/document/project.ts';
import { setData } from '../../../src-engine/document/project-edits.ts';
import { documentActions } from '../../state/document-store.ts';
import { Field } from '../../ui/fields/Field.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { ParamControl } from '../inspector/ParamControl.tsx';
import { ImportedOptions } from './ImportedOptions.tsx';

/** What can be decided about the data set: of a built-in one as fields, of an imported one as it was decided on import. */
export function DataOptions({ data }: { readonly data: DataSpec }): React.JSX.Element | null {
  const builtIn = findBuiltInData(data.source);
  if (builtIn === null) return <ImportedOptions data={data} />;
  if (builtIn.options.length === 0) return null;
  return (
    <>
      <SectionTitle>Options</SectionTitle>
      {builtIn.options.map((field) => (
        <Option key={`${data.source} ${field.name}`} data={data} builtIn={builtIn} field={field} />
      ))}
    </>
  );
}

interface OptionProps {
  readonly data: DataSpec;
  readonly builtIn: BuiltInData;
  readonly field: FieldSpec;
}

function Option({ data, builtIn, field }: OptionProps): React.JSX.Element {
  const [typing, setTyping] = useState<string | null>(null);
  const given = data.options[field.name];
  const value = hasFieldType(field, given) ? given : defaultOf(field, data, builtIn);
  const change = (next: ParamValue): void => {
    documentActions.editProject(`${field.label} of ${builtIn.title}`, (project) => {
      const cleared = builtIn.clearedBy?.[field.name] ?? [];
      const kept = Object.entries(data.options).filter(([name]) => !cleared.includes(name));
      return setData(project, { ...data, options: { ...Object.fromEntries(kept), [field.name]: next } });
    });
  };
  return (
    <Field label={field.label} about={field.help} error={typing}>
      {(ids) => <ParamControl field={field} value={value} ids={ids} onChange={change} onTyping={setTyping} />}
    </Field>
  );
}

function defaultOf(field: FieldSpec, { options }: DataSpec, { follows }: BuiltInData): ParamValue {
  const followed = follows?.[field.name];
  return (followed === undefined ? undefined : options[followed]) ?? field.default;
}
