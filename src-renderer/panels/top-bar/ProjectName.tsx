import { useState } from 'react';
import { setName } from '../../../src-engine/document/project-edits.ts';
import { documentActions, isUnsaved, useDocument } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';

/** The project's name, which can be changed where it stands, whether it is saved, and its data. */
export function ProjectName(): React.JSX.Element {
  const name = useDocument((state) => state.project.name);
  const unsaved = useDocument(isUnsaved);
  const data = useRun((run) => run.opened?.data?.title ?? null);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    const wanted = draft?.trim() ?? '';
    setDraft(null);
    if (wanted !== '' && wanted !== name) documentActions.editProject('Rename the project', (project) => setName(project, wanted));
  };
  return (
    <div className="project-name">
      <span className="project-field" data-text={draft ?? name}>
        <input
          aria-label="Project name"
          value={draft ?? name}
          maxLength={200}
          size={1}
          spellCheck={false}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          onChange={(event) => {
            setDraft(event.target.value);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setDraft(null);
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </span>
      <span className="project-saved" data-unsaved={unsaved} role="img" aria-label={unsaved ? 'Not saved' : 'Saved'} title={unsaved ? 'Not saved' : 'Saved'} />
      {data === null ? null : <span className="project-data">{data}</span>}
    </div>
  );
}
