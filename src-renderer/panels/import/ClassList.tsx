import { useState } from 'react';
import { CLASS_PREFIX, type FlatOptions } from '../../../src-engine/document/data/import-options.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { useImport } from '../../state/import/import-store.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { countText } from './import-words.ts';

interface ClassListProps {
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly options: FlatOptions;
}

const SHOWN = 12;

/** How many examples each class has. Where each is a file of its own, it can be named. */
export function ClassList({ classes, options }: ClassListProps): React.JSX.Element {
  const most = classes.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <>
      <SectionTitle aside={countText(classes.length, 'class', 'classes')}>Classes</SectionTitle>
      <ul className="import-classes">
        {classes.slice(0, SHOWN).map(({ name, count }, index) => (
          <li key={`${index} ${name}`}>
            {options['format'] === 'files' ? <ClassName name={name} options={options} /> : <span className="import-class">{name}</span>}
            <span className="import-bar" style={{ width: `${(count / most) * 100}%` }} />
            <span className="mono">{count.toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
      {classes.length > SHOWN ? <p className="mute">and {classes.length - SHOWN} more</p> : null}
    </>
  );
}

/** The file's own name, of the path that an option gives. */
function fileOfClass(name: string, options: FlatOptions): string {
  return (
    String(options[`${CLASS_PREFIX}${name}`] ?? '')
      .split(/[/\\]/u)
      .at(-1) ?? ''
  );
}

function ClassName({ name, options }: { readonly name: string; readonly options: FlatOptions }): React.JSX.Element {
  const actions = useDataActions();
  const [draft, setDraft] = useState<string | null>(null);
  const chosen = useImport((state) => state.chosen);
  const file = fileOfClass(name, options);
  const commit = (): void => {
    setDraft(null);
    const next = draft?.trim() ?? '';
    if (next === '' || next === name || chosen === null) return;
    const classNames = Object.keys(options).flatMap((key) => (key.startsWith(CLASS_PREFIX) ? [key.slice(CLASS_PREFIX.length)] : []));
    const nameOf = (of: string): string => classNames.find((each) => fileOfClass(each, options) === of) ?? of;
    void actions.nameClasses(chosen.files.map((each) => (each.name === file ? next : nameOf(each.name))));
  };
  return (
    <TextInput
      className="import-class"
      aria-label={`Name of the class of ${file}`}
      title={file}
      value={draft ?? name}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
