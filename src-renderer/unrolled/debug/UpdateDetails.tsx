import { Equations } from '../../panels/inspector/Equations.tsx';
import { runCommand } from '../../state/commands.ts';
import { isRunning, useRun } from '../../state/run-store.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Select } from '../../ui/fields/Select.tsx';
import { Fact } from '../Fact.tsx';
import { isSmall, NumberMatrix } from './NumberMatrix.tsx';
import type { CopyBars } from '../paint/picture.ts';
import type { DebugReply } from './use-debug.ts';

interface UpdateDetailsProps {
  readonly reply: DebugReply;
  /** Window of truncated BPTT that the walk is in. */
  readonly window: number;
  readonly phase: 'start' | 'forward' | 'loss' | 'backward' | 'update';
  readonly parameter: string | null;
  readonly onParameter: (parameter: string) => void;
  readonly bars: CopyBars | null;
  /** Step whose copy was added last, from 1; null before the first. */
  readonly latest: number | null;
}

/** How the copies' parts become one update of the shared weight, as far as the walk has come. */
export function UpdateDetails({ reply, window, phase, parameter, onParameter, bars, latest }: UpdateDetailsProps): React.JSX.Element | null {
  const found = reply.parameters.find((each) => each.parameter === parameter);
  if (found === undefined) return null;
  const done = phase === 'update';
  const copies = found.windows[window]?.copies ?? 1;
  const added = bars?.bars.filter((bar) => bar.added).length ?? 0;
  return (
    <>
      <SectionTitle aside={found.norms === null ? 'used once' : `${added} of ${copies} added`}>Weight gradient</SectionTitle>
      <Select
        label="Parameter"
        value={found.parameter}
        options={reply.parameters.map((each) => ({ value: each.parameter, label: `${each.parameter}  ${each.shape.join(' × ')}` }))}
        onChange={onParameter}
      />
      <RunningSum parameter={found} latest={latest} done={done} />
      <SectionTitle>Update</SectionTitle>
      <Equations lines={[updateTex(reply.reduce, copies)]} />
      {done ? <Applied reply={reply} window={window} parameter={found} /> : <p className="unrolled-later">comes when every copy has added its part</p>}
      <TrainOneStep />
    </>
  );
}

type Parameter = DebugReply['parameters'][number];

function updateTex(reduce: DebugReply['reduce'], copies: number): string {
  const sum = `\\sum_{t=1}^{${copies}} \\frac{\\partial L}{\\partial W^{(t)}}`;
  return reduce === 'sum' ? `\\Delta W = -\\eta \\, ${sum}` : `\\Delta W = -\\eta \\, \\frac{1}{${copies}} ${sum}`;
}

function columnsOf({ shape }: Parameter): number {
  return shape.length > 1 ? (shape.at(-1) ?? 1) : Math.min(4, shape[0] ?? 1);
}

function RunningSum({ parameter, latest, done }: { readonly parameter: Parameter; readonly latest: number | null; readonly done: boolean }): React.JSX.Element {
  const norm = latest === null ? null : (parameter.running?.[latest - 1] ?? null);
  const numbers = latest === null ? null : (parameter.values?.running?.[latest - 1] ?? null);
  const columns = columnsOf(parameter);
  return (
    <div className="fact-list" aria-live={done ? 'off' : 'polite'}>
      <Fact name="sum so far" value={norm === null ? '0' : formatNumber(Number(norm))} about="norm of the sum of the copies added so far" />
      {!done && isSmall(numbers, columns) ? <NumberMatrix label={`Sum so far of ${parameter.parameter}`} values={numbers} columns={columns} /> : null}
    </div>
  );
}

interface AppliedProps {
  readonly reply: DebugReply;
  readonly window: number;
  readonly parameter: Parameter;
}

/** Copies, sum or mean, clipping, and the weights before and after. */
function Applied({ reply, window, parameter }: AppliedProps): React.JSX.Element | null {
  const norms = parameter.windows[window];
  const of = reply.windows[window];
  const values = parameter.values?.windows[window];
  const columns = columnsOf(parameter);
  if (norms === undefined || of === undefined) return null;
  const show = (value: DebugReply['loss']): string => formatNumber(Number(value));
  const matrix = (label: string, numbers: readonly DebugReply['loss'][] | undefined): React.JSX.Element | null =>
    numbers !== undefined && isSmall(numbers, columns) ? <NumberMatrix label={label} values={numbers} columns={columns} /> : null;
  return (
    <div className="fact-list" data-part="update">
      <Fact name={`sum of ${norms.copies}`} value={show(norms.sum)} about="norm of all copies’ parts added up" />
      {matrix('Sum of the copies', values?.sum)}
      <Fact name={`mean (÷ ${norms.copies})`} value={show(norms.mean)} about="the sum over the number of copies" />
      {reply.reduce === 'mean' ? matrix('Mean of the copies', values?.mean) : null}
      <Fact name="taken" value={reply.reduce} about="what this project does with the copies’ parts: the inspector of the training changes it" />
      <Fact name="global norm" value={show(of.norm)} about="of the gradients of all parameters together" />
      <Fact name="clipping" value={clipText(of)} about="what clipping does to it" />
      <Fact name="given to the optimiser" value={show(norms.given)} about="norm after clipping" />
      <Fact name="learning rate" value={show(of.learningRate)} about="of the next update" />
      <Fact name="change" value={show(norms.update)} about="norm of what the weights change by" />
      {values === undefined ? (
        <Fact name="‖W‖" value={show(norms.weight)} about="norm of the weights it changes" />
      ) : (
        <>
          <span className="fact-name">before</span>
          {matrix('Weights before', parameter.values?.before)}
          <span className="fact-name">after</span>
          {matrix('Weights after', values.after)}
        </>
      )}
    </div>
  );
}

function clipText({ clipFactor, clippedNumbers }: DebugReply['windows'][number]): string {
  if (Number(clipFactor) < 1) return `× ${formatNumber(Number(clipFactor))}`;
  return clippedNumbers > 0 ? `${clippedNumbers.toLocaleString('en')} numbers cut` : 'nothing cut';
}

/** The example's update is only shown; a real one is a training step. */
function TrainOneStep(): React.JSX.Element {
  const running = useRun(isRunning);
  return (
    <div className="unrolled-apply">
      <p>This update is shown, not made. A training step makes one, from a whole batch.</p>
      <Button
        size="small"
        disabled={running}
        onClick={() => {
          runCommand('run.step');
        }}
      >
        Make one training step
      </Button>
    </div>
  );
}
