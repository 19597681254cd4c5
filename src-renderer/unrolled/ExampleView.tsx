import { useEffect, useMemo, useState } from 'react';
import { quantities, type Quantity } from '../panels/gradients/quantities.ts';
import { registerCommands } from '../state/commands.ts';
import { useUnrolled } from '../state/unrolled-store.ts';
import { useWorkspace } from '../state/workspace-store.ts';
import { CopyDetails } from './debug/CopyDetails.tsx';
import { DebugBar, StageNote } from './debug/DebugBar.tsx';
import { reachedAt } from './debug/debug-machine.ts';
import { debugScript, type DebugScript, type Stage } from './debug/debug-script.ts';
import { ExamplePicker } from './ExamplePicker.tsx';
import { exampleModel, FEW_UNITS, laneOfParameter, latestAdded } from './example-model.ts';
import { layOut, type NodePlace } from './layout.ts';
import type { Lane } from './network-lanes.ts';
import { OutputDetails } from './debug/OutputDetails.tsx';
import { UnrolledBar } from './UnrolledBar.tsx';
import { UnrolledFrame } from './UnrolledFrame.tsx';
import type { UnrolledProps } from './unrolled-props.ts';
import { UpdateDetails } from './debug/UpdateDetails.tsx';
import { useChosen } from './use-chosen.ts';
import { copyKey, useCopies, type WantedCopy } from './debug/use-copies.ts';
import { useDebug, type DebugReply } from './debug/use-debug.ts';
import { useGivenExample } from './use-given-example.ts';
import { usePlaying } from './debug/use-playing.ts';
import { walkCommands } from './debug/walk-commands.ts';

/** Quantities of one example; from which loss the gradient flows is chosen by pressing an answer. */
const EXAMPLE_QUANTITIES: readonly Quantity[] = ['gradient', 'flow', 'copies', 'jacobian', 'gates', 'states'];
/** Small cells over few steps show every number. */
const FEW_STEPS = 24;

/** The walk through one example: forward, the loss, backward, the update. */
export function ExampleView(props: UnrolledProps): React.JSX.Element {
  const { signature, data } = props;
  const input = useGivenExample(signature, data);
  const lossStep = useUnrolled((unrolled) => unrolled.lossStep);
  const quantity = useQuantity();
  const { reply, problems, stale, refresh } = useDebug(input, signature.output.perStep ? lossStep : null);
  const picker = <ExamplePicker signature={signature} data={data} staleSince={stale && reply !== null ? reply.step : null} onRefresh={refresh} />;
  if (reply === null) {
    const [problem] = problems;
    const said = problem === undefined ? (input === null ? 'Type a text to walk through.' : 'Being measured…') : `${problem.message} ${problem.fix}`;
    return (
      <div className="unrolled">
        <div className="unrolled-main">
          <UnrolledBar quantity={quantity} quantities={EXAMPLE_QUANTITIES} picture={null} />
          <div className="unrolled-walk">{picker}</div>
          <p className="unrolled-waiting" role="status">
            {said}
          </p>
        </div>
      </div>
    );
  }
  return <Walk {...props} reply={reply} quantity={quantity} picker={picker} />;
}

function useQuantity(): Quantity {
  const wanted = useWorkspace((workspace) => workspace.heatmapQuantity);
  return EXAMPLE_QUANTITIES.includes(wanted) ? wanted : 'flow';
}

interface WalkProps extends UnrolledProps {
  readonly reply: DebugReply;
  readonly quantity: Quantity;
  readonly picker: React.JSX.Element;
}

function Walk({ lanes, reply, quantity, picker }: WalkProps): React.JSX.Element {
  const [chosen, choose] = useChosen(lanes);
  const { inputSteps, targetSteps, windows } = reply;
  const layout = useMemo(() => layOut(lanes, { inputs: inputSteps, targets: targetSteps }), [lanes, inputSteps, targetSteps]);
  const script = useMemo(() => debugScript(lanes, { inputs: inputSteps, targets: targetSteps }, windows), [lanes, inputSteps, targetSteps, windows]);
  const position = Math.min(
    useUnrolled((unrolled) => unrolled.position),
    script.stages.length - 1,
  );
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  const [wanted, setWanted] = useState<string | null>(null);
  const parameter = parameterOf(reply, wanted);
  const copies = useCopies(reply, useWantedCopies(reply, lanes, chosen));
  const model = useMemo(
    () => exampleModel({ layout, reply, script, position, quantity, scale, parameter, copies }),
    [layout, reply, script, position, quantity, scale, parameter, copies],
  );
  usePlaying(script);
  useEffect(() => registerCommands(walkCommands(script)), [script]);
  const stage = script.stages[position] ?? { phase: 'start' as const };
  return (
    <UnrolledFrame
      lanes={lanes}
      layers={reply.cells}
      model={model}
      quantity={quantity}
      quantities={EXAMPLE_QUANTITIES}
      note={[numbersOf(quantity, stage.phase), cutText(reply), noteOf(reply)].filter(Boolean).join('; ')}
      chosen={chosen}
      onChoose={choose}
      walk={
        <>
          <div className="unrolled-walk-row">
            {picker}
            <DebugBar script={script} reply={reply} position={position} />
          </div>
          <StageNote script={script} reply={reply} position={position} />
        </>
      }
      details={chosen === null ? null : <Chosen lanes={lanes} reply={reply} script={script} position={position} chosen={chosen} copies={copies} />}
      beside={
        <UpdateDetails
          reply={reply}
          window={stage.phase === 'start' ? 0 : stage.window}
          phase={stage.phase}
          parameter={parameter}
          onParameter={setWanted}
          bars={model.bars}
          latest={parameter === null ? null : latestAdded(script, position, laneOfParameter(layout, parameter))}
        />
      }
    />
  );
}

/** The parameter whose copies are followed: the one chosen, else the first recurrent weight. */
function parameterOf({ parameters }: DebugReply, wanted: string | null): string | null {
  const found =
    parameters.find(({ parameter }) => parameter === wanted) ?? parameters.find(({ parameter, norms }) => parameter.endsWith('weight_hh') && norms !== null);
  return (found ?? parameters.find(({ norms }) => norms !== null) ?? parameters[0])?.parameter ?? null;
}

/** The chosen copy, and all copies of cells small enough to show their numbers. */
function useWantedCopies(reply: DebugReply, lanes: readonly Lane[], chosen: NodePlace | null): readonly WantedCopy[] {
  return useMemo(() => {
    const lane = chosen === null ? undefined : lanes[chosen.lane];
    const cell = reply.cells.find(({ path }) => path === lane?.path);
    const small = reply.steps > FEW_STEPS ? [] : reply.cells.filter(({ units }) => units <= FEW_UNITS);
    return [
      ...(cell === undefined || chosen === null || chosen.t > cell.length ? [] : [{ layer: cell.layer, direction: cell.direction, t: chosen.t }]),
      ...small.flatMap(({ layer, direction, length }) => Array.from({ length }, (_, index) => ({ layer, direction, t: index + 1 }))),
    ];
  }, [reply, lanes, chosen]);
}

interface ChosenProps {
  readonly lanes: readonly Lane[];
  readonly reply: DebugReply;
  readonly script: DebugScript;
  readonly position: number;
  readonly chosen: NodePlace;
  readonly copies: ReturnType<typeof useCopies>;
}

function Chosen({ lanes, reply, script, position, chosen, copies }: ChosenProps): React.JSX.Element | null {
  const lane = lanes[chosen.lane];
  if (lane === undefined) return null;
  if (lane.kind === 'output') return <OutputDetails reply={reply} t={lane.steps === 'one' ? null : chosen.t} />;
  const cell = reply.cells.find(({ path }) => path === lane.path);
  if (lane.kind === 'input' || cell === undefined) return <p className="unrolled-later">{reply.read[chosen.t - 1]?.text ?? ''}</p>;
  const reached = reachedAt(script, position, chosen.lane, chosen.t);
  const copy = copies.get(copyKey({ ...cell, t: chosen.t }));
  if (chosen.t > cell.length) return <p className="unrolled-later">Past the end of this example: this step changes no state, no loss and no gradient.</p>;
  if (reached === 'nothing') return <p className="unrolled-later">Its values appear when the walk comes here.</p>;
  return copy === undefined ? <p className="unrolled-later">Being measured…</p> : <CopyDetails copy={copy} hasGradient={reached === 'gradient'} />;
}

/** What the numbers in the copies are. */
function numbersOf(quantity: Quantity, phase: Stage['phase']): string {
  return phase === 'start' || phase === 'forward' || phase === 'loss' ? 'numbers: h, or its norm' : `numbers and colours: ${quantities[quantity].label}`;
}

function cutText({ steps, wholeSteps }: DebugReply): string {
  return wholeSteps > steps ? `the first ${steps.toLocaleString('en')} of ${wholeSteps.toLocaleString('en')} steps` : '';
}

/** What the example's loss is measured against. */
function noteOf({ targetsFrom }: DebugReply): string {
  switch (targetsFrom) {
    case 'data':
      return 'press a copy for its numbers, an answer for the loss it makes';
    case 'text':
      return 'each step’s target is the next token of the text';
    case 'answers':
      return 'a typed input has no target: the loss is measured against the model’s own answer';
  }
}
