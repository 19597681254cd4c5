import { FileQuestion } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '../../src-engine/document/problems.ts';
import { useDataActions } from '../state/import/import-context.ts';
import { loadingStore } from '../state/import/import-store.ts';
import { runStore, useRun } from '../state/run-store.ts';
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { bytesText } from './import/import-words.ts';
import './run-banner.css';

/** Imported data that is being read, or is not where or what its project says. */
export function DataBanner(): React.JSX.Element | null {
  const opening = useRun((run) => run.opening);
  const lost = useRun((run) => run.problems.find(({ code }) => code === 'U033' || code === 'U034') ?? null);
  if (lost !== null) return <Lost problem={lost} />;
  return opening ? <Reading /> : null;
}

function Reading(): React.JSX.Element | null {
  const loading = useStore(loadingStore, (state) => state.loading);
  const actions = useDataActions();
  if (loading === null) return null;
  const what = loading.part === 'vectors' ? 'Reading the word vectors' : 'Reading the data';
  return (
    <div className="run-banner" data-tone="plain" role="status">
      <Progress label={what} value={loading.bytes} max={loading.totalBytes} text={`${bytesText(loading.bytes)} of ${bytesText(loading.totalBytes)}`} />
      <Button size="small" onClick={actions.cancel}>
        Cancel
      </Button>
    </div>
  );
}

/** `U033`: not there. `U034`: another file than the one imported. */
function Lost({ problem }: { readonly problem: Problem }): React.JSX.Element {
  const actions = useDataActions();
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<readonly Problem[]>): Promise<void> => {
    setBusy(true);
    const problems = await work();
    setBusy(false);
    if (problems.length > 0) runStore.setState({ problems: [problem, ...problems] });
  };
  return (
    <div className="run-banner" role="alert">
      <FileQuestion aria-hidden />
      <p>
        <strong>{problem.message}</strong> {problem.fix}
      </p>
      <Button size="small" disabled={busy} onClick={() => void attempt(actions.locate)}>
        Locate…
      </Button>
      {problem.code === 'U034' ? (
        <Button size="small" disabled={busy} onClick={() => void attempt(actions.acceptChanged)}>
          Use the file as it is now
        </Button>
      ) : null}
    </div>
  );
}
