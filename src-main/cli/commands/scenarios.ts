import { SCENARIOS } from '../../../src-engine/scenarios/scenarios.ts';
import type { Command } from '../command.ts';
import { jsonLine, tableText } from '../terminal/output.ts';

export const scenarios: Command = {
  name: 'scenarios',
  usage: '',
  summary: 'lists the templates: id, name, shape, dataset, expected score',
  options: {},
  words: [0, 0],
  run: (args, { output }) => {
    const rows = SCENARIOS.map(({ id, title, shape, dataset, score }) => ({ id, name: title, shape, dataset, expectedScore: score }));
    const heading = ['id', 'name', 'shape', 'dataset', 'expected score'];
    output.write(args.flag('json') ? jsonLine(rows) : tableText([heading, ...rows.map((row) => Object.values(row))]));
    return Promise.resolve(0);
  },
};
