import type { OptimizerSpec, ScheduleSpec, TrainingSpec } from '../../../document/project.ts';
import type { TeacherShares } from '../training-ways.ts';
import { TRAIN_LOOP } from './train-loop.ts';

/** What of a training is not in its settings alone. */
export interface TrainingWays {
  /** Steps of a window of truncated BPTT. */
  readonly window: number | null;
  readonly teacher: TeacherShares | null;
  /** Parameters of Unroll that have a copy for every step. */
  readonly copied: ReadonlySet<string>;
}

/** `train.py`: training on with the project's optimiser, schedule and clipping, in one process or in many. */
export function trainCode(training: TrainingSpec, { window, teacher, copied }: TrainingWays): string {
  const { batchSize, epochs, seed, clip } = training;
  const schedule = training.schedule ?? { kind: 'constant' };
  const earlyStop = training.earlyStop ?? null;
  const clipping = {
    none: '    pass',
    norm: `    nn.utils.clip_grad_norm_(parameters, ${clip.kind === 'none' ? '' : String(clip.max)})`,
    value: `    nn.utils.clip_grad_value_(parameters, ${clip.kind === 'none' ? '' : String(clip.max)})`,
  }[clip.kind];
  return `"""Trains the model on, from weights.safetensors: python3 train.py, or torchrun --nproc_per_node N train.py for N processes."""

import argparse
import math
import os
import random
from pathlib import Path

import torch
import torch.distributed as dist
from torch import nn

import data
from head import loss_sum, run
from model import ${training.bptt.reduce === 'mean' ? 'PARAMETERS, ' : ''}Model, load_weights, named_weights
from weights import read_weights, write_weights

HERE = Path(__file__).parent
LEARNING_RATE = ${String(training.optimizer.learningRate)}
WINDOW = ${window === null ? 'None' : String(window)}  # steps of a window of truncated BPTT
TEACHER = ${teacher === null ? 'None' : `(${String(teacher.begin)}, ${String(teacher.end)})  # share of the steps at which a decoder reads the wanted class, in the first epoch and in the last`}
EARLY_STOP = ${earlyStop === null ? 'None' : `(${String(earlyStop.patience)}, ${String(earlyStop.minDelta)})  # validations without a lower loss, and by how much it must be lower`}


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "data", help="folder with train.jsonl and, if there is one, validation.jsonl")
    parser.add_argument("--weights", type=Path, default=HERE / "weights.safetensors", help="what training starts from")
    parser.add_argument("--out", type=Path, default=HERE / "trained.safetensors", help="where the weights are written after each epoch")
    parser.add_argument("--batch-size", type=int, default=${String(batchSize)}, help="rows of a batch, of all processes together")
    parser.add_argument("--epochs", type=int, default=${String(epochs)})
    parser.add_argument("--steps", type=int, help="end after so many updates")
    parser.add_argument("--seed", type=int, default=${String(seed)})
    return parser.parse_args()


def make_optimizer(parameters):
    return ${optimizerText(training.optimizer)}


def rate_factor(step, epoch, total_steps, plateau):
    """Learning rate of an update as a share of the first; step and epoch count from 0, plateau is what plateaus made of it."""
${scheduleText(schedule)}


def clip(parameters):
${clipping}


def average_copies(model, steps):
${averageText(training, copied)}


class Plateau:
    """Lowers the learning rate when the validation loss does not fall any more."""

    factor, lowest, waited = 1.0, math.inf, 0

    def after(self, loss):
${plateauText(schedule)}


${TRAIN_LOOP}`;
}

function averageText({ bptt }: TrainingSpec, copied: ReadonlySet<string>): string {
  if (bptt.reduce === 'sum') return '    """Every step has a copy of a weight; their gradients are summed, as they come."""';
  return `    """Every step has a copy of a weight: the mean of their gradients, not the sum."""
    copied = {PARAMETERS[name][0] for name in COPIED}
    for name, parameter in getattr(model, "module", model).named_parameters():
        if name in copied and parameter.grad is not None:
            parameter.grad /= steps


COPIED = ${JSON.stringify([...copied])}`;
}

function optimizerText(optimizer: OptimizerSpec): string {
  const named = (entries: readonly (readonly [string, number | undefined])[]): string =>
    entries.flatMap(([name, value]) => (value === undefined ? [] : [`, ${name}=${String(value)}`])).join('');
  switch (optimizer.kind) {
    case 'sgd':
      return `torch.optim.SGD(parameters, lr=LEARNING_RATE${named([['momentum', optimizer.momentum]])}${optimizer.nesterov === true && (optimizer.momentum ?? 0) > 0 ? ', nesterov=True' : ''})`;
    case 'adagrad':
      return `torch.optim.Adagrad(parameters, lr=LEARNING_RATE${named([['eps', optimizer.epsilon]])})`;
    case 'rmsprop':
      return `torch.optim.RMSprop(parameters, lr=LEARNING_RATE${named([
        ['alpha', optimizer.alpha],
        ['eps', optimizer.epsilon],
      ])})`;
    case 'adam':
    case 'adamw': {
      const betas = `, betas=(${String(optimizer.beta1 ?? 0.9)}, ${String(optimizer.beta2 ?? 0.999)})`;
      const rest = named([
        ['eps', optimizer.epsilon],
        ['weight_decay', optimizer.kind === 'adamw' ? optimizer.weightDecay : undefined],
      ]);
      return `torch.optim.${optimizer.kind === 'adam' ? 'Adam' : 'AdamW'}(parameters, lr=LEARNING_RATE${betas}${rest})`;
    }
  }
}

function scheduleText(schedule: ScheduleSpec): string {
  const warmup = schedule.warmup ?? 0;
  const lines = warmup > 0 ? [`    warmup = min(1.0, (step + 1) / ${String(warmup)})`] : ['    warmup = 1.0'];
  switch (schedule.kind) {
    case 'constant':
      return [...lines, '    return warmup'].join('\n');
    case 'step':
      return [...lines, `    return warmup * ${String(schedule.factor)} ** (epoch // ${String(schedule.every)})`].join('\n');
    case 'cosine':
      return [
        ...lines,
        `    done = min(1.0, max(0, step - ${String(warmup)}) / max(1, total_steps - ${String(warmup)}))`,
        `    return warmup * (${String(schedule.final)} + (1 - ${String(schedule.final)}) * (1 + math.cos(math.pi * done)) / 2)`,
      ].join('\n');
    case 'plateau':
      return [...lines, '    return warmup * plateau'].join('\n');
  }
}

function plateauText(schedule: ScheduleSpec): string {
  if (schedule.kind !== 'plateau') return '        """This schedule has no plateaus."""';
  return `        if loss is not None and loss < self.lowest * (1 - 1e-4):
            self.lowest, self.waited = loss, 0
        elif self.waited < ${String(schedule.patience)}:
            self.waited += 1
        else:
            self.factor, self.waited = self.factor * ${String(schedule.factor)}, 0`;
}
