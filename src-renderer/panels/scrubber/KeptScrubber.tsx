import { useMemo } from 'react';
import type { StatesReply } from '../../../src-engine/session/protocol.ts';
import { StepScrubber } from './StepScrubber.tsx';

interface KeptScrubberProps {
  /** What was answered, with the steps whose weights are kept; null before the first answer. */
  readonly reply: Pick<StatesReply, 'step' | 'kept'> | null;
  readonly past: number | null;
  readonly onPast: (step: number | null) => void;
}

/** Goes back through the weights that are kept of a training: the same question to the model as it was. Nothing before there is a past. */
export function KeptScrubber({ reply, past, onPast }: KeptScrubberProps): React.JSX.Element | null {
  const entries = useMemo(() => {
    if (reply === null) return [];
    const last = Math.max(reply.step, reply.kept.at(-1)?.step ?? 0);
    return reply.kept.some(({ step }) => step === last) ? reply.kept : [...reply.kept, { step: last, epoch: reply.kept.at(-1)?.epoch ?? 0 }];
  }, [reply]);
  if (reply === null || entries.length < 2) return null;
  const epoch = entries.findLast(({ step }) => step <= reply.step)?.epoch ?? 0;
  return (
    <StepScrubber
      entries={entries}
      shown={reply.step}
      past={past}
      onPast={onPast}
      label="Training step of the weights"
      note={past === null || epoch === 0 ? '' : `, epoch ${epoch}`}
    />
  );
}
