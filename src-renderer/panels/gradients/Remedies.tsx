import { useEffect, useMemo } from 'react';
import { Compass, Scissors, Shuffle, SquareSplitHorizontal } from 'lucide-react';
import { gradientRemedies, type GradientRemedy } from '../../../src-engine/document/gradient-remedies.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import type { DecayVerdict } from '../../charts/decay-fit.ts';
import { useDocument } from '../../state/document-store.ts';
import { finishFork, useFork, useStartFork } from '../../state/fork-store.ts';
import { runStore, useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { forkText } from './fork-text.ts';
import { measureAt, measureNow } from './measure-run.ts';

const icons: Readonly<Record<GradientRemedy['kind'], React.JSX.Element>> = {
  lstm: <Shuffle aria-hidden />,
  gru: <Shuffle aria-hidden />,
  orthogonal: <Compass aria-hidden />,
  clip: <Scissors aria-hidden />,
  window: <SquareSplitHorizontal aria-hidden />,
};

interface RemediesProps {
  readonly layer: ProbeLayer;
  /** Index of the layer. */
  readonly at: number;
  readonly verdict: DecayVerdict;
}

/** Buttons that start the run anew with one change. */
export function Remedies({ layer, at, verdict }: RemediesProps): React.JSX.Element | null {
  const project = useDocument((state) => state.project);
  const signature = useDocument((state) => state.signature);
  const start = useStartFork();
  const remedies = useMemo(
    () => (verdict === 'healthy' ? [] : gradientRemedies(project, layer.node as NodeId, signature, verdict)),
    [project, layer.node, signature, verdict],
  );
  if (remedies.length === 0) return null;
  return (
    <section className="remedies" aria-label="Remedies">
      <h3>Try</h3>
      {remedies.map((remedy) => (
        <Button
          key={remedy.kind}
          size="small"
          icon={icons[remedy.kind]}
          title={remedy.detail}
          onClick={() => {
            const before = measureNow(runStore.getState(), at);
            if (before !== null) void start(remedy, at, before);
          }}
        >
          {remedy.label}
        </Button>
      ))}
      <p className="remedies-note">Each changes one thing, trains anew from the same seed and data, and is checked; undo takes it back.</p>
    </section>
  );
}

/** Of a run that was started by a remedy: how far it is, then whether it helped, with the numbers before and after. */
export function ForkResult(): React.JSX.Element | null {
  const fork = useFork();
  const openedKey = useRun((run) => run.openedKey);
  const after = useRun((run) => (fork === null || fork.after !== null || run.openedKey !== fork.key ? null : run.frames.at(-1)));
  const points = useRun((run) => run.points);
  const ended = useRun((run) => run.stopped !== null || run.done !== null);
  useEffect(() => {
    if (fork === null || fork.after !== null || openedKey !== fork.key) return;
    const measured = measureAt(runStore.getState(), fork.layer, fork.before.step);
    if (measured !== null) finishFork(measured);
  }, [fork, openedKey, after, points, ended]);
  if (fork === null || openedKey !== fork.key) return null;
  const text = fork.after === null ? null : forkText(fork.before, fork.after);
  return (
    <section className="fork-result" aria-label="Result of the remedy" aria-live="polite" data-verdict={text?.verdict}>
      <h3>{fork.label}</h3>
      {text === null ? (
        <p className="mute">Compared once it has trained {fork.before.step.toLocaleString('en')} steps, as many as the run before.</p>
      ) : (
        <>
          <p className="fork-sentence">{text.sentence}</p>
          <p className="mute">{text.numbers}</p>
        </>
      )}
    </section>
  );
}
