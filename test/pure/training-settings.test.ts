import { describe, expect, it } from 'vitest';
import * as opcodes from '../../src-engine/ir/opcodes.ts';
import type { SharedLayout } from '../../src-engine/ir/program.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { memoryShortage } from '../../src-engine/train/memory-estimate.ts';
import type { OptimizerOptions, TrainingOptions } from '../../src-engine/train/options.ts';
import { writeProgress, writeSettings } from '../../src-engine/train/settings.ts';
import { measureUpdate } from '../../src-engine/train/update-measure.ts';

const AT = 10;

/** A memory of its own, without kernels. */
function memory(...begin: number[]): { readonly machine: Machine; readonly slot: (setting: number) => number; readonly int: (setting: number) => number } {
  const floats = new Float32Array(64);
  const ints = new Int32Array(floats.buffer);
  floats.set(begin);
  const machine: Partial<Machine> = {
    read: (at) => floats[at]!,
    readFloats: (at, count) => floats.slice(at, at + count),
    writeFloats: (at, values) => {
      floats.set(Array.from(values), at);
    },
    writeInts: (at, values) => {
      ints.set(Array.from(values), at);
    },
  };
  return { machine: machine as Machine, slot: (setting) => floats[AT + setting]!, int: (setting) => ints[AT + setting]! };
}

function written(optimizer: OptimizerOptions, clip: TrainingOptions['clip'], update = 1) {
  const held = memory();
  writeSettings(held.machine, AT, { optimizer, clip, seed: 7 } as TrainingOptions, 0.25, update, 100);
  return held;
}

describe('what an update reads', () => {
  const none = { kind: 'none' } as const;

  it('Adam: the constants of PyTorch, and the corrections 1 / (1 - beta^n) of update n', () => {
    const { slot, int } = written({ kind: 'adam', learningRate: 0.25 }, none, 3);
    expect(slot(opcodes.SETTING_LEARNING_RATE)).toBe(0.25);
    expect(slot(opcodes.SETTING_BETA1)).toBeCloseTo(0.9, 6);
    expect(slot(opcodes.SETTING_BETA2)).toBeCloseTo(0.999, 6);
    expect(slot(opcodes.SETTING_EPSILON)).toBeCloseTo(1e-8, 12);
    expect(slot(opcodes.SETTING_WEIGHT_DECAY)).toBeCloseTo(0.01, 7);
    expect(slot(opcodes.SETTING_CORRECTION1)).toBeCloseTo(1 / (1 - 0.9 ** 3), 4);
    expect(slot(opcodes.SETTING_CORRECTION2)).toBeCloseTo(1 / (1 - Math.fround(0.999) ** 3), 2);
    expect(slot(opcodes.SETTING_LOSS_LIMIT)).toBe(100);
    expect([int(opcodes.SETTING_DROPOUT), int(opcodes.SETTING_DROPOUT_SEED), int(opcodes.SETTING_DROPOUT_COUNTER)]).toEqual([1, 7, 3]);
  });

  it('SGD without a momentum has none; RMSProp keeps 0.99 of its running square, Adagrad adds 1e-10', () => {
    expect(written({ kind: 'sgd', learningRate: 1 }, none).slot(opcodes.SETTING_BETA1)).toBe(0);
    expect(written({ kind: 'sgd', learningRate: 1, momentum: 0.5 }, none).slot(opcodes.SETTING_BETA1)).toBe(0.5);
    expect(written({ kind: 'rmsprop', learningRate: 1 }, none).slot(opcodes.SETTING_BETA2)).toBeCloseTo(0.99, 6);
    expect(written({ kind: 'rmsprop', learningRate: 1, alpha: 0.5 }, none).slot(opcodes.SETTING_BETA2)).toBe(0.5);
    expect(written({ kind: 'adagrad', learningRate: 1 }, none).slot(opcodes.SETTING_EPSILON)).toBeCloseTo(1e-10, 14);
  });

  it('0 stands for no clipping, by norm as by value', () => {
    const clips = (clip: TrainingOptions['clip']): number[] => {
      const { slot } = written({ kind: 'adam', learningRate: 1 }, clip);
      return [slot(opcodes.SETTING_CLIP_MAX), slot(opcodes.SETTING_CLIP_VALUE)];
    };
    expect(clips(none)).toEqual([0, 0]);
    expect(clips({ kind: 'norm', max: 5 })).toEqual([5, 0]);
    expect(clips({ kind: 'value', max: 5 })).toEqual([0, 5]);
  });

  it.each([
    [1, 1, 0],
    [1, 3, 0],
    [2, 3, 0.5],
    [3, 3, 1],
    [5, 3, 1],
  ])('epoch %i of %i is %d of the way', (epoch, epochs, progress) => {
    const { machine, slot } = memory();
    writeProgress(machine, AT, epoch, epochs);
    expect(slot(opcodes.SETTING_PROGRESS)).toBe(progress);
  });
});

describe('the measure of an update', () => {
  const settings = 40;
  const parameter = (name: string, at: number, size: number, trainable: boolean) => ({ name, at, size, trainable });
  const layout = {
    trainable: { at: 2, size: 5 },
    gradients: 20,
    settings,
    parameters: [parameter('frozen', 0, 2, false), parameter('w', 2, 2, true), parameter('v', 4, 3, true)],
  } as unknown as SharedLayout;

  it('is the length of the change over that of the weights, each parameter by itself, frozen ones left out', () => {
    const { machine } = memory(9, 9, /* w */ 3, 8, /* v */ 1, 0, 2);
    machine.writeFloats(20, [3, 0, 0, 4, 0]);
    machine.writeFloats(settings + opcodes.SETTING_CLIP_SCALE, [0.5]);
    machine.writeFloats(settings + opcodes.SETTING_NORM, [5]);
    expect(measureUpdate(machine, layout, [3, 4, 1, 2, 2], 6)).toEqual({
      step: 6,
      norm: 5,
      clippedNorm: 2.5,
      ratios: [
        { parameter: 'w', ratio: 4 / 5 },
        { parameter: 'v', ratio: 2 / 3 },
      ],
    });
  });
});

describe('memory that does not suffice', () => {
  it('names the most rows and the most steps with which it would, to the last float', () => {
    const size = (rows: number, steps: number): number => rows * steps;
    expect(memoryShortage(size, 5, 4, 80, 4)).toBeNull();
    expect(memoryShortage(size, 5, 4, 79, 4)).toEqual({ bytes: 80, batch: 4, steps: 3 });
    expect(memoryShortage(size, 5, 4, 48, 4)).toEqual({ bytes: 80, batch: 3, steps: 2 });
    expect(memoryShortage(size, 5, 4, 15, 4)).toEqual({ bytes: 80, batch: null, steps: null });
  });
});
