import { useEffect, useRef, useState } from 'react';
import { documentActions, documentStore } from '../state/document-store.ts';
import { useTheme } from '../state/workspace/workspace-theme.ts';
import { Button } from '../ui/Button.tsx';
import { placesOf } from './json-places.ts';
import { applyEditorTheme, editor, MarkerSeverity, prepareEditor, PROJECT_URI } from './monaco.ts';
import { EDITOR_OPTIONS } from './options.ts';
import { ProjectText, type TextState } from './project-text.ts';
import { smallestChange } from './smallest-change.ts';

/** Milliseconds after the last key before the text is read. */
const QUIET = 300;
const OWNER = 'unroll';

/** The project's JSON: what can be read becomes the document, and what is done on the canvas appears here. */
export function ProjectEditor(): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const take = useRef<() => void>(() => undefined);
  const [state, setState] = useState<TextState>({ kind: 'in-step' });
  const theme = useTheme();
  useEffect(() => {
    if (place.current === null) return;
    const mounted = mountEditor(place.current, setState);
    take.current = mounted.take;
    return mounted.dispose;
  }, []);
  useEffect(() => {
    applyEditorTheme(theme === 'dark');
  }, [theme]);
  return (
    <div className="code-project">
      <div ref={place} className="code-editor" />
      <TextStatus
        state={state}
        onTake={() => {
          take.current();
        }}
      />
    </div>
  );
}

function TextStatus({ state, onTake }: { readonly state: TextState; readonly onTake: () => void }): React.JSX.Element {
  if (state.kind === 'in-step') {
    return (
      <p className="code-status" role="status">
        In step with the canvas
      </p>
    );
  }
  const [first] = state.problems;
  const rest = state.problems.length > 1 ? ` (and ${state.problems.length - 1} more)` : '';
  return (
    <div className="code-status code-status-bad" role="status">
      <span className="code-status-text">
        {first?.message} {first?.code === 'U001' ? '' : first?.fix}
        {rest} {state.behind ? 'The canvas has changed meanwhile.' : 'The canvas keeps the last version that could be read.'}
      </span>
      <Button size="small" onClick={onTake}>
        Take the canvas&rsquo;s version
      </Button>
    </div>
  );
}

interface Mounted {
  readonly take: () => void;
  readonly dispose: () => void;
}

function mountEditor(place: HTMLElement, tell: (state: TextState) => void): Mounted {
  prepareEditor();
  const text = new ProjectText({
    project: () => documentStore.getState().project,
    edit: (project) => {
      documentActions.editProject('Edit the code', () => project);
    },
  });
  const model = editor.createModel(text.current(), 'json', PROJECT_URI);
  const view = editor.create(place, { ...EDITOR_OPTIONS, model });
  let timer = 0;
  let writing = false;

  const write = (next: string): void => {
    const change = smallestChange(model.getValue(), next);
    if (change === null) return;
    writing = true;
    const [start, end] = [model.getPositionAt(change.before), model.getPositionAt(change.before + change.removed)];
    const range = { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
    model.pushEditOperations([], [{ range, text: change.inserted }], () => null);
    writing = false;
  };
  const show = (): void => {
    tell(text.state);
    mark(model, text.state);
  };
  const read = (): void => {
    window.clearTimeout(timer);
    timer = 0;
    text.typed(model.getValue());
    show();
  };
  const take = (): void => {
    write(text.takeDocument());
    show();
  };
  const changed = model.onDidChangeContent(() => {
    if (writing) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(read, QUIET);
  });
  const unsubscribe = documentStore.subscribe(({ project, checked }, before) => {
    if (project === before.project && checked === before.checked) return;
    if (timer === 0) {
      const next = text.follow();
      if (next !== null) write(next);
    }
    show();
  });
  show();
  return {
    take,
    dispose: () => {
      if (timer !== 0) read();
      unsubscribe();
      changed.dispose();
      view.dispose();
      model.dispose();
    },
  };
}

/** The problems of the text, or of the drawing it stands for, at their places. A text that is no JSON is marked by the language service. */
function mark(model: editor.ITextModel, state: TextState): void {
  const problems = state.kind === 'mistaken' ? state.problems.filter(({ code }) => code !== 'U001') : documentStore.getState().checked.problems;
  const markers = placesOf(model.getValue(), problems).map(({ problem, place }): editor.IMarkerData => {
    const [start, end] = [model.getPositionAt(place.start), model.getPositionAt(place.end)];
    return {
      severity: MarkerSeverity.Error,
      code: problem.code,
      message: `${problem.message} ${problem.fix}`,
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    };
  });
  editor.setModelMarkers(model, OWNER, markers);
}
