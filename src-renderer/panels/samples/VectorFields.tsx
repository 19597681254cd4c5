import { useId, useMemo } from 'react';
import { setTyped, useTyped } from '../../state/samples-store.ts';
import { useVectorExamples } from '../../state/vector-examples.ts';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { vectorFields, type VectorField } from './vector-groups.ts';

/** A field for each number of an input without steps; one choice for columns that are one-hot. */
export function VectorFields({ columns }: { readonly columns: readonly string[] }): React.JSX.Element {
  const examples = useVectorExamples(columns);
  const typed = useTyped('vector');
  const example = useTyped('example');
  const fields = useMemo(() => (examples === null ? [] : vectorFields(examples, columns.length)), [examples, columns]);
  const values = typed ?? examples?.[example - 1] ?? null;
  return (
    <section className="vector-fields" aria-label="Inputs">
      {values === null
        ? null
        : fields.map((field) => (
            <VectorInput
              key={field.kind === 'number' ? field.column : field.columns[0]}
              field={field}
              columns={columns}
              values={values}
              onValues={(vector) => {
                setTyped({ vector });
              }}
            />
          ))}
    </section>
  );
}

interface VectorInputProps {
  readonly field: VectorField;
  readonly columns: readonly string[];
  readonly values: readonly number[];
  readonly onValues: (values: readonly number[]) => void;
}

function VectorInput({ field, columns, values, onValues }: VectorInputProps): React.JSX.Element {
  const id = useId();
  const name = (column: number): string => columns[column] ?? `column ${column + 1}`;
  if (field.kind === 'choice') {
    const chosen = field.columns.find((column) => values[column] === 1) ?? field.columns[0] ?? 0;
    const ends = [field.columns[0], field.columns.at(-1)].map((column) => name(column ?? 0));
    return (
      <span className="vector-field">
        <label htmlFor={id}>{ends.join(field.columns.length === 2 ? ' or ' : ' to ')}</label>
        <Select
          id={id}
          value={String(chosen)}
          options={field.columns.map((column) => ({ value: String(column), label: name(column) }))}
          onChange={(value) => {
            onValues(values.map((old, column) => (field.columns.includes(column) ? Number(column === Number(value)) : old)));
          }}
        />
      </span>
    );
  }
  return (
    <span className="vector-field">
      <label htmlFor={id} title={name(field.column)}>
        {name(field.column)}
      </label>
      <NumberInput
        id={id}
        value={values[field.column] ?? null}
        rule={{}}
        onCommit={(value) => {
          onValues(values.map((old, column) => (column === field.column ? value : old)));
        }}
      />
    </span>
  );
}
