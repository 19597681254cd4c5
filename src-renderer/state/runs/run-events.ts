import type { Client } from '../../bridge/client.ts';
import { rememberFrame } from '../../../src-engine/history/remember-frame.ts';
import { MOST_VALIDATIONS, rememberThinned } from '../../../src-engine/history/thin-history.ts';
import { attachAgain, loseSession } from './reattach.ts';
import type { RunStore } from '../run-store.ts';

const larger = (norm: number, other: number): number => (Number.isFinite(other) ? Math.max(norm, other) : Number.POSITIVE_INFINITY);

/** Keeps the run store in step with what the host says, and asks again after a lost connection. */
export function followRun(client: Client, store: RunStore): void {
  /** What a session says that this window has not opened, or has let go, is not about the project it shows. */
  const ours = (): boolean => store.getState().opened !== null;
  client.on('state', (status) => {
    if (ours()) store.setState({ status });
  });
  client.on('progress', (progress) => {
    if (ours()) store.setState({ progress });
  });
  client.on('losses', (points) => {
    if (!ours()) return;
    const { series } = store.getState();
    series.append(points);
    store.setState(({ largestNorm }) => ({ points: series.length, largestNorm: points.gradientNorm.reduce(larger, largestNorm) }));
  });
  client.on('validation', (validation) => {
    if (ours()) store.setState(({ validations }) => ({ validations: rememberThinned(validations, validation, MOST_VALIDATIONS) }));
  });
  client.on('probe', (frame) => {
    if (ours()) store.setState(({ frames }) => ({ frames: rememberFrame(frames, frame) }));
  });
  client.on('stopped', (stopped) => {
    if (ours()) store.setState({ stopped });
  });
  client.on('done', (done) => {
    if (ours()) store.setState({ done });
  });
  client.on('opened', ({ opening, name }) => {
    const { held, opening: asked } = store.getState();
    // While this window's own request is under way, what another one opened is replaced by it.
    if (ours() && !asked && opening !== held) loseSession(store, name);
  });
  client.on('died', ({ sentence }) => {
    store.setState({ died: sentence, status: null, openedKey: null, opening: false });
  });
  client.onConnection((connection) => {
    const before = store.getState().connection;
    store.setState({ connection });
    if (connection === 'open' && before === 'lost') void attachAgain(client, store);
  });
}
