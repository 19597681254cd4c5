/**
 * One training step of TensorFlow.js on a line "backend cell input hidden layers batch steps", answered by its median milliseconds, or by
 * "nothing" where that backend lacks an operation. The same work as ours but for clipping, which tfjs does not offer.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs-core';
import { layers as kinds, sequential } from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const CELLS = { rnn: kinds.simpleRNN, gru: kinds.gru, lstm: kinds.lstm };
setWasmPaths(`${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')))}/`);

async function measure(backend, cell, [inputs, hidden, layers, batch, steps]) {
  if (!(await tf.setBackend(backend))) return Number.NaN;
  const model = sequential();
  for (let layer = 0; layer < layers; layer++) {
    const returnSequences = layer < layers - 1;
    model.add(CELLS[cell]({ units: hidden, returnSequences, recurrentInitializer: 'glorotUniform', ...(layer === 0 ? { inputShape: [steps, inputs] } : {}) }));
  }
  model.add(kinds.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'meanSquaredError' });
  const x = tf.randomUniform([batch, steps, inputs], -1, 1);
  const y = tf.randomUniform([batch, 1]);
  await model.trainOnBatch(x, y);
  const times = [];
  const end = performance.now() + 800;
  while (performance.now() < end || times.length < 3) {
    const began = performance.now();
    await model.trainOnBatch(x, y);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

console.log(tf.version_core);
for await (const line of createInterface({ input: process.stdin })) {
  const [backend, cell, ...numbers] = line.split(' ');
  try {
    console.log(await measure(backend, cell, numbers.map(Number)));
  } catch (error) {
    process.stderr.write(`${backend} ${cell}: ${error instanceof Error ? error.message : String(error)}\n`);
    console.log('nothing');
  }
}
