import { useState } from 'react';
import { useDataActions } from '../../state/import-context.ts';
import { useImport } from '../../state/import-store.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { countText } from './import-words.ts';

interface ClassListProps {
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Each is a file of its own, which can be named. */
  readonly files: boolean;
}

const SHOWN = 12;

/** How many examples each class has. */
export function ClassList({ classes, files }: ClassListProps): React.JSX.Element {
  const most = classes.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <>
      <SectionTitle aside={countText(classes.length, 'class', 'classes')}>Classes</SectionTitle>
      <ul className="import-classes">
        {classes.slice(0, SHOWN).map(({ name, count }, index) => (
          <li key={`${index} ${name}`}>
            {files ? <ClassName index={index} name={name} all={classes.map((each) => each.name)} /> : <span className="import-class">{name}</span>}
            <span className="import-bar" style={{ width: `${(count / most) * 100}%` }} />
            <span className="mono">{count.toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
      {classes.length > SHOWN ? <p className="mute">and {classes.length - SHOWN} more</p> : null}
    </>
  );
}

function ClassName({ index, name, all }: { readonly index: number; readonly name: string; readonly all: readonly string[] }): React.JSX.Element {
  const actions = useDataActions();
  const [draft, setDraft] = useState<string | null>(null);
  const file = useImport((state) => state.chosen?.files[index]?.name ?? '');
  const commit = (): void => {
    setDraft(null);
    const next = draft?.trim() ?? '';
    if (next !== '' && next !== name) void actions.nameClasses(all.map((each, place) => (place === index ? next : each)));
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
