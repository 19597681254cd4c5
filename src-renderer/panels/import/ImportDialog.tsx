import { useDocument } from '../../state/document-store.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { useImport, type ImportData } from '../../state/import/import-store.ts';
import { useFileActions } from '../../state/workspace/workspace-context.ts';
import { leaveDocument } from '../../state/workspace/workspace-leave.ts';
import { workspaceStore } from '../../state/workspace-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/popups/Dialog.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { ProblemNote } from '../problems/ProblemNote.tsx';
import { ChooseData } from './ChooseData.tsx';
import { ChosenFiles } from './ChosenFiles.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { ImportSettings } from './ImportSettings.tsx';
import { bytesText } from './import-words.ts';
import './import.css';

/** From a file of one's own to a model: choose, see what was recognised, correct it, and start. */
export function ImportDialog(): React.JSX.Element {
  const state = useImport((each) => each);
  const actions = useDataActions();
  const { chosen, description } = state;
  const problems = [...state.problems, ...(description?.problems ?? [])];
  return (
    <Dialog
      open={state.open}
      onOpenChange={actions.close}
      size={chosen === null ? 'normal' : 'wide'}
      title="From your data"
      description={
        chosen === null ? (
          'The app recognises what your file holds and proposes a model for it; you can correct both. Nothing leaves this computer.'
        ) : (
          <ChosenFiles chosen={chosen} />
        )
      }
      actions={<Actions state={state} />}
    >
      {chosen === null ? <ChooseData busy={state.work !== null} /> : null}
      {problems.length === 0 ? null : (
        <ul className="import-problems" aria-label="Problems">
          {problems.slice(0, 12).map((problem, index) => (
            <li key={`${index} ${problem.message}`}>
              <ProblemNote problem={problem} tone="bad" />
            </li>
          ))}
          {problems.length > 12 ? <li className="mute">and {problems.length - 12} more</li> : null}
        </ul>
      )}
      {chosen === null || description === null ? null : (
        <div className="import-body">
          <ImportSettings description={description} vectors={state.vectors} />
          <ImportPreview description={description} />
        </div>
      )}
    </Dialog>
  );
}

const waiting = { copying: 'Handing the file over', looking: 'Looking into the file', reading: 'Reading all of it' } as const;

function Actions({ state }: { readonly state: ImportData }): React.JSX.Element {
  const { work, description } = state;
  const actions = useDataActions();
  const files = useFileActions();
  const hasProject = useDocument((document) => document.opened > 0 && document.project.graph.nodes.length > 0);
  const usable = description !== null && description.problems.length === 0 && work === null;
  const create = async (): Promise<void> => {
    const project = await actions.create();
    if (project === null) return;
    actions.close();
    leaveDocument(() => {
      files.start(project);
    });
  };
  const use = async (): Promise<void> => {
    if (!(await actions.use())) return;
    actions.close();
    workspaceStore.setState({ galleryOpen: false, panelWanted: 'data' });
  };
  return (
    <>
      {work === null ? null : (
        <Progress
          label={waiting[work.kind]}
          value={work.done}
          max={work.total}
          text={work.total > 0 ? `${bytesText(work.done)} of ${bytesText(work.total)}` : ''}
        />
      )}
      {work === null || work.kind === 'looking' ? <Button onClick={actions.close}>Close</Button> : <Button onClick={actions.cancel}>Cancel</Button>}
      {description === null || !hasProject ? null : (
        <Button disabled={!usable} onClick={() => void use()}>
          Use for this project
        </Button>
      )}
      {description === null ? null : (
        <Button variant="primary" disabled={!usable} onClick={() => void create()}>
          Create project
        </Button>
      )}
    </>
  );
}
