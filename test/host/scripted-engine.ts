import type { Project } from '../../src-engine/document/project.ts';
import { encodeLosses, encodeProbe } from '../../src-engine/session/probes/frames.ts';
import type { EngineEvent } from '../../src-main/host/engine-event.ts';
import type { EngineListener } from '../../src-main/host/engine-thread.ts';

/** An engine that answers at once and says what the test lets it say. */
export function scriptedEngine() {
  const asked: string[] = [];
  const listeners = new Set<EngineListener>();
  let step = 0;
  const answers: Record<string, unknown> = {
    open: {
      state: 'ready',
      step: 0,
      epoch: 0,
      totalSteps: 100,
      learningRate: 0.1,
      problems: [],
      data: null,
      signature: null,
      parameters: 7,
      probeLayers: [{ layer: 'rnn1', direction: 'forward', node: 'rnn1' }],
      steps: 3,
      kept: null,
    },
    status: { state: 'paused', step: 0, epoch: 0, totalSteps: 100, learningRate: 0.1 },
  };
  return {
    asked,
    request: (name: string, argument: unknown) => {
      asked.push(name);
      if (name === 'open')
        Object.assign(answers['open'] as object, { learningRate: (argument as { project: Project }).project.training.optimizer.learningRate });
      const value = name === 'checkpoint' ? { bytes: new Uint8Array([1, 2, step]), step } : (answers[name] ?? answers['status']);
      return Promise.resolve({ ok: true, value } as never);
    },
    onEvent: (listener: EngineListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say: (event: EngineEvent['event'], payload: unknown) => {
      for (const listener of listeners) listener({ event, payload } as EngineEvent);
    },
    /** Updates `from` to `to`, as one event. */
    train: (from: number, to: number) => {
      step = to;
      const points = Array.from({ length: to - from + 1 }, (_, index) => ({
        report: { step: from + index, loss: 1 / (from + index), norm: 1, clipped: false, epoch: 0, nonFinite: null },
        learningRate: 0.1,
      }));
      for (const listener of listeners) listener({ event: 'losses', payload: encodeLosses(points as never) });
    },
    probe: (at: number) => {
      const row = Float32Array.of(1, 2, 3);
      const frame = encodeProbe(at, { gradientNorm: [row], flow: [row], lagFlow: [row], rowsAtStep: row, rows: 3 } as never, 3);
      for (const listener of listeners) listener({ event: 'probe', payload: frame });
    },
  };
}
