import { MessageSquareText } from 'lucide-react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { hasTrained, useRun } from '../../state/run-store.ts';
import { Empty } from '../Empty.tsx';
import { ClozeSamples } from './ClozeSamples.tsx';
import { ForecastSamples } from './ForecastSamples.tsx';
import { LanguageSamples } from './LanguageSamples.tsx';
import { sampleKind, type SampleKind } from './sample-kind.ts';
import { StepAnswers } from './StepAnswers.tsx';
import { Verdict } from './Verdict.tsx';
import { WrittenAnswer } from './WrittenAnswer.tsx';
import './samples.css';

type View = React.FunctionComponent<{ readonly signature: DataSignature; readonly data: DataSummary }>;

const views: Readonly<Record<SampleKind, View>> = {
  language: LanguageSamples,
  cloze: ClozeSamples,
  written: WrittenAnswer,
  forecast: ForecastSamples,
  steps: StepAnswers,
  verdict: Verdict,
};

const promises: Readonly<Record<SampleKind, string>> = {
  language: 'Press Train: the model writes here while it learns, and ranks what it would put next.',
  cloze: 'Press Train: type a text with a blank ___ here, and see what the model puts into it while it learns.',
  written: 'Press Train: give an input here, and see what the model writes to it while it learns.',
  forecast: 'Press Train: the forecast of the next steps is drawn here against what really came.',
  steps: 'Press Train: give an input here, and see what the model answers at every step.',
  verdict: 'Press Train: give an input here, and see the model’s verdict and what moved it.',
};

/** What the opened model makes of an input that somebody gives it, as it is now. */
export function SamplesPanel(): React.JSX.Element {
  const opened = useRun((run) => run.opened);
  const graph = useRun((run) => run.openedProject?.graph ?? null);
  const trained = useRun(hasTrained);
  const signature = opened?.signature ?? null;
  const data = opened?.data ?? null;
  if (signature === null || data === null || graph === null) {
    return (
      <Empty icon={<MessageSquareText />} title="No model yet">
        Once a model with data is on the canvas and free of problems, you can try it here while it trains.
      </Empty>
    );
  }
  const kind = sampleKind(signature, graph);
  if (!trained) {
    return (
      <Empty icon={<MessageSquareText />} title="Not trained yet">
        {promises[kind]}
      </Empty>
    );
  }
  const View = views[kind];
  return (
    <div className="samples-box">
      <View signature={signature} data={data} />
    </div>
  );
}
