import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { loadEngineFiles } from '../../src-engine/session/engine-files.ts';
import { askForJoinedVectors, withMeasuredWidth } from '../../src-engine/session/joined-vectors.ts';
import { measureCompile, measureInference, measurePeakShare, measureProbes, measureThreads } from './engine-measures.ts';
import { QUICK, THOROUGH } from './extent.ts';
import { measureGrid, type GridRow } from './grid.ts';
import { LinePeer } from './peers/line-peer.ts';

/**
 * The benchmark: `npm run bench` measures ours, and PyTorch where a Python here has it; `-- --peers` installs TensorFlow.js (into
 * test/bench/peers, apart from the app) and measures it too. All in one run; what counts are the ratios. Prints tables, writes out/bench.json.
 * `-- --window` measures the window's frames instead (`window.ts`); `-- --window --train MINUTES` those beside a training (`window-training.ts`).
 * `-- --long MINUTES` trains that long with the window open and watches memory, events and the time left (`long-run.ts`).
 * `--json` prints that file and the tables on standard error. `--quick` takes the small shapes and short times: a look, not a measurement.
 */
const ROOT = join(import.meta.dirname, '../..');
const PEERS = join(import.meta.dirname, 'peers');
const long = process.argv.indexOf('--long');
if (long !== -1) {
  await (await import('./long-run.ts')).benchLongRun(Number(process.argv[long + 1] ?? 3) || 3);
  process.exit();
}
if (process.argv.includes('--window')) {
  const training = process.argv.indexOf('--train');
  if (training === -1) await import('./window.ts');
  else await (await import('./window-training.ts')).benchTraining(Number(process.argv[training + 1] ?? 1) || 1);
  process.exit();
}
const withPeers = process.argv.includes('--peers');
const json = process.argv.includes('--json');
const extent = process.argv.includes('--quick') ? QUICK : THOROUGH;

if (withPeers) execFileSync('npm', ['ci', '--silent', '--prefix', PEERS], { stdio: ['ignore', process.stderr, process.stderr] });
askForJoinedVectors();
const { kernels } = withMeasuredWidth(await loadEngineFiles(join(ROOT, 'out/engine')), () => performance.now());
if (kernels.kind === 'reference') throw new Error('this machine runs the reference kernels only: there is nothing to measure');
const torch = await LinePeer.open('/usr/bin/python3', [join(PEERS, 'torch_step.py')]);
const tfjs = await LinePeer.open(process.execPath, [join(PEERS, 'tfjs-step.mjs')]);

const machine = {
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memory: totalmem(),
  node: process.version,
  kernels: kernels.kind,
  torch: torch?.version ?? null,
  tfjs: tfjs?.version ?? null,
};
print(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, ${machine.kernels} kernels${kernels.wide === true ? ', vectors joined' : ''}; PyTorch ${machine.torch ?? 'not here'}, tfjs ${machine.tfjs ?? 'not here (-- --peers installs it)'}`,
);

print('\nOne training step, median milliseconds (shape: features, units, layers, rows, steps)');
const rows: GridRow[] = [];
for await (const row of measureGrid(kernels, torch, tfjs, extent)) {
  rows.push(row);
  print(rowText(row));
}
torch?.close();
tfjs?.close();

const peakShare = await measurePeakShare(kernels, extent);
print(
  `\nTwo-layer LSTM 64,128 at B = 32, T = 50, one thread: ${peakShare.rate.toFixed(1)} of ${peakShare.peak.toFixed(1)} GFLOP/s, ${(100 * peakShare.share).toFixed(0)} % of the micro-kernel's peak`,
);
const compile = measureCompile(kernels, extent);
print('\nCompile, four layers of LSTM 16,32 at B = 8 (time and memory against T)');
for (const { steps, ms, megabytes, stepMs } of compile.rows)
  print(
    `  T = ${String(steps).padStart(6)}  ${ms.toFixed(1).padStart(8)} ms  ${megabytes.toFixed(1).padStart(8)} MB  step ${stepMs.toFixed(2).padStart(9)} ms`,
  );
print(`  slope of ln(step time) against ln(T): ${compile.slope.toFixed(2)} (1 is linear)`);
const threads = measureThreads(kernels, machine.cores, extent);
print('\nSteps per second against threads, LSTM 64,128 in two layers, B = 32, T = 50');
for (const { count, stepsPerSecond } of threads) print(`  ${count} ${count === 1 ? 'thread ' : 'threads'}  ${stepsPerSecond.toFixed(1)}`);
const probes = measureProbes(kernels, extent);
print(
  `\nProbe of the same model: ${probes.probeMs.toFixed(2)} ms beside ${probes.stepMs.toFixed(2)} ms a step; at the default rate ${(100 * probes.share).toFixed(1)} % of the time`,
);
const inference = measureInference(kernels, extent);
print('\nInference at batch 1, microseconds per time step');
for (const { cell, shape, microseconds } of inference) print(`  ${cell.padEnd(5)} ${shape.padEnd(18)} ${microseconds.toFixed(2)}`);

const result = { machine, rows, compile: compile.rows, threads, probes, peakShare: peakShare.share, inference };
if (extent === THOROUGH) {
  await mkdir(join(ROOT, 'out'), { recursive: true });
  await writeFile(join(ROOT, 'out/bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  print('\nWritten to out/bench.json');
}
if (json) process.stdout.write(`${JSON.stringify(result)}\n`);

function print(line: string): void {
  (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function rowText({ cell, shape, ours, torch: peer, tfjs: other, ratioTorch, ratioTfjs }: GridRow): string {
  const { input, hidden, layers, batch, steps } = shape;
  const torchText = peer === null ? '' : `  torch ${peer.ms.toFixed(2).padStart(8)} (${peer.threads})  ratio ${(ratioTorch ?? Number.NaN).toFixed(3)}`;
  const tfjsText = other === null ? '' : `  tfjs ${other.ms.toFixed(0).padStart(6)} (${other.backend})  ratio ${(ratioTfjs ?? Number.NaN).toFixed(4)}`;
  return `  ${cell.padEnd(5)} ${[input, hidden, layers, batch, steps].join(',').padEnd(16)} ours ${ours.ms.toFixed(3).padStart(9)} (${ours.threads})${torchText}${tfjsText}`;
}
