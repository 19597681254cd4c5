import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { ProblemError } from '../../src-engine/document/problems.ts';
import { importModel } from '../../src-engine/exchange/import-model.ts';
import { writeModelCode } from '../../src-engine/exchange/pytorch/write-model-code.ts';
import { writeSafetensors, type NamedArray } from '../../src-engine/exchange/safetensors.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { readGoldens, trainedModelOf } from './golden-file.ts';

const ENTRY = /^ {4}"(?<name>[^"]+)": \("(?<place>[^"]+)", slice\((?<from>\d+), (?<to>\d+)\)\),$/gmu;

/** Rows of PyTorch's own bias: as many as the weights beside it have, wherever ours stand in it. */
function rowsOf(place: string, to: number, ends: ReadonlyMap<string, number>): number {
  return /\.bias_[ih]h_/u.test(place) ? (ends.get(place.replace(/bias_[ih]h_/u, 'weight_hh_')) ?? to) : to;
}

/** What `torch.save(model.state_dict())` of the PyTorch code that Unroll writes would hold, by the table in that code. */
function stateDictOf({ project, signature, parameters }: TrainedModel): readonly NamedArray[] {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new Error('a golden with problems');
  const shapes = new Map(checked.parameters.map(({ name, shape }) => [name, shape]));
  const entries = [...writeModelCode(project, signature).matchAll(ENTRY)].map(({ groups }) => ({
    name: groups!['name']!,
    place: groups!['place']!,
    from: Number(groups!['from']),
    to: Number(groups!['to']),
  }));
  expect(entries.map(({ name }) => name).sort()).toEqual([...parameters.keys()].sort());
  const ends = new Map(entries.map(({ place, to }) => [place, to]));
  return entries.map(({ name, place, from, to }) => {
    const [, ...columns] = shapes.get(name)!;
    const shape = [rowsOf(place, to, ends), ...columns];
    const width = columns.reduce((product, size) => product * size, 1);
    const values = new Float32Array(shape[0]! * width);
    values.set(parameters.get(name)!, from * width);
    return { name: place, shape, values };
  });
}

describe('the state_dict of the PyTorch code that Unroll writes goes back into the drawing, each array to where it came from', () => {
  it.each(readGoldens())('$name', (golden) => {
    const { project, signature, parameters } = trainedModelOf(golden);
    for (const prefix of ['', 'encoder.']) {
      const arrays = stateDictOf({ project, signature, parameters, metrics: {}, history: [] }).map((array) => ({ ...array, name: `${prefix}${array.name}` }));
      const { model } = importModel(writeSafetensors({ arrays, metadata: {} }), 'mine', { project, signature });
      expect(model.parameters, prefix).toEqual(parameters);
    }
  });
});

describe('weights whose shapes fit and whose equations do not', () => {
  const refused = (name: string, change: (text: string) => string): string | undefined => {
    const model = trainedModelOf(readGoldens().find((golden) => golden.name === name)!);
    const arrays = stateDictOf(model).map((array) => ({ ...array, name: `encoder.${array.name}` }));
    const project = JSON.parse(change(JSON.stringify(model.project))) as typeof model.project;
    try {
      importModel(writeSafetensors({ arrays, metadata: {} }), 'mine', { project, signature: model.signature });
      return undefined;
    } catch (error) {
      return (error as ProblemError).problems[0]?.message;
    }
  };

  it('of a GRU that resets before the product, for one that resets after it, and the other way round', () => {
    expect(refused('gru-before-wide', (text) => text.replace('"reset":"before"', '"reset":"after"'))).toBe(
      'cell resets after the product, and encoder.cell of the file before it.',
    );
    expect(refused('gru-after', (text) => text.replace('"reset":"after"', '"reset":"before"'))).toBe(
      'gru1 resets before the product, and encoder.gru1 of the file after it.',
    );
  });
});
