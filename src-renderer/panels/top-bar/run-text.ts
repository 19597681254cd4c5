import type { RunData } from '../../state/run-store.ts';
import { metricName, scoreText } from '../score-text.ts';

/** `0:42`, `1:02:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `1.3 s`, `42 s`, `3:10`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 60 ? `${seconds.toFixed(0)} s` : clockText(seconds);
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

type Shown = Pick<RunData, 'status' | 'progress' | 'opened' | 'opening' | 'done' | 'stopped' | 'died' | 'connection'>;

/** Where the run stands, in parts that keep their places while the figures stream. `canTrain`: the drawing as it is now can be trained. */
export function runParts(run: Shown, { epochs, canTrain }: { readonly epochs: number; readonly canTrain: boolean }): readonly string[] {
  const { status, progress, opened, done } = run;
  if (run.connection !== 'open') return [run.connection === 'lost' ? 'connecting again' : 'connecting'];
  if (run.opening) return ['loading data'];
  if (run.died !== null) return ['engine stopped'];
  if (status === null || status.state === 'idle' || (status.state === 'ready' && !canTrain)) return ['no model ready'];
  if (status.state === 'ready') return ['ready', `${count(opened?.parameters ?? 0)} parameters`, ...memoryParts(opened)];
  const step = Math.max(status.step, progress?.step ?? 0);
  const epoch = `epoch ${Math.min(epochs, Math.max(1, progress?.epoch ?? status.epoch))}/${epochs}`;
  if (status.state === 'running') {
    const speed = progress === null ? null : `${count(progress.stepsPerSecond)} steps/s`;
    const left = progress?.secondsLeft ?? null;
    return [epoch, `step ${count(step)}`, ...(speed === null ? [] : [speed]), ...(left === null ? [] : [`${clockText(left)} left`])];
  }
  if (status.state === 'paused') return [`paused at step ${count(step)}`, epoch];
  if (status.state === 'failed') return [`stopped at step ${count(run.stopped?.step ?? step)}`];
  const test = done?.test ?? null;
  const score = test === null ? [] : [`test ${metricName(test.metric)} ${scoreText(test.metric, test.score)}`];
  const how = (done?.earlyStop ?? null) === null ? 'done' : 'stopped early';
  return [`${how}, ${count(done?.steps ?? step)} steps`, ...score, ...(done === null ? [] : [`in ${durationText(done.seconds)}`])];
}

/** What training will take, and what there is where that is close. */
function memoryParts(opened: Shown['opened']): readonly string[] {
  const memory = opened?.memory;
  if (memory === undefined) return [];
  return [memory.bytes > memory.limit / 4 ? `needs ${bytesText(memory.bytes)} of ${bytesText(memory.limit)}` : `needs ${bytesText(memory.bytes)}`];
}

/** `12 kB`, `3.1 MB`, `1.2 GB`. */
function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1000)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Share of the training done, 0 to 1. */
export function runShare({ status, progress }: Pick<RunData, 'status' | 'progress'>): number {
  if (status === null || status.totalSteps <= 0) return 0;
  return Math.min(1, Math.max(status.step, progress?.step ?? 0) / status.totalSteps);
}
