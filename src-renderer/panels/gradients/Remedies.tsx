import { useMemo } from 'react';
import { Compass, DoorOpen, Equal, Scissors, Shuffle, SquareSplitHorizontal, Turtle } from 'lucide-react';
import { gradientRemedies, type GradientRemedy } from '../../../src-engine/document/remedies/gradient-remedies.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import type { DecayVerdict } from '../../../src-engine/analyze/decay-fit.ts';
import { useDocument } from '../../state/document-store.ts';
import { useStartFork } from '../../state/runs/fork-store.ts';
import { runStore } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Tooltip } from '../../ui/popups/Tooltip.tsx';
import { predictionText } from './fork-text.ts';
import { measureNow } from './measure-run.ts';

const icons: Readonly<Record<GradientRemedy['kind'], React.JSX.Element>> = {
  lstm: <Shuffle aria-hidden />,
  gru: <Shuffle aria-hidden />,
  identity: <Equal aria-hidden />,
  orthogonal: <Compass aria-hidden />,
  'gate-bias': <DoorOpen aria-hidden />,
  clip: <Scissors aria-hidden />,
  'learning-rate': <Turtle aria-hidden />,
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
        <Tooltip key={remedy.kind} side="left" label={<RemedyNote remedy={remedy} />}>
          <Button
            size="small"
            icon={icons[remedy.kind]}
            onClick={() => {
              const before = measureNow(runStore.getState(), at);
              if (before !== null) void start(remedy, at, before);
            }}
          >
            {remedy.label}
          </Button>
        </Tooltip>
      ))}
      <p className="remedies-note">Each changes one thing, trains anew from the same seed and data, and is checked by its prediction; undo takes it back.</p>
    </section>
  );
}

function RemedyNote({ remedy }: { readonly remedy: GradientRemedy }): React.JSX.Element {
  return (
    <span className="remedy-detail">
      {remedy.detail}
      <br />
      {predictionText(remedy.predicts)}
    </span>
  );
}
