import { ProblemError } from '../../../src-engine/document/problems.ts';
import { checkProject } from '../../../src-engine/session/direct.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { engineFor } from '../engine-for.ts';
import { readDocument } from '../read-document.ts';
import { jsonLine, printProblems, scoreText, tableText } from '../terminal/output.ts';

type Checked = Awaited<ReturnType<typeof checkProject>>;

export const check: Command = {
  name: 'check',
  usage: 'FILE',
  summary: 'shows the nodes with shapes and parameter counts, and every problem',
  options: {},
  words: [1, 1],
  run: async (args, context) => {
    const checked = await checkFile(args.words[0] ?? '', context);
    context.output.write(args.flag('json') ? jsonLine(jsonValue(checked)) : nodeTable(checked));
    return checked.ok ? 0 : 1;
  },
};

/** A file that cannot be read at all is a check with problems and without nodes. */
async function checkFile(path: string, context: Context): Promise<Checked> {
  try {
    const text = await readDocument(path, context);
    const checked = await checkProject(text, await engineFor(path, context));
    printProblems(checked.problems, context);
    return checked;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    printProblems(error.problems, context);
    return { ok: false, nodes: [], parameters: 0, data: null, problems: error.problems };
  }
}

/** As formats.md has it, shapes in plain letters; where a problem stands in the file is on its line of standard error. */
function jsonValue({ ok, nodes, parameters, data, problems }: Checked): object {
  return {
    ok,
    nodes: nodes.map((node) => ({ ...node, output: node.output?.replaceAll('×', 'x') ?? null })),
    parameters,
    ...(data === null ? {} : { data: dataValue(data) }),
    problems: problems.map(({ code, node, message, fix }) => ({ code, node, message, fix })),
  };
}

type Data = NonNullable<Checked['data']>;

function dataValue({ source, title, counts, unit, vocabulary, longest, classes, baseline }: Data): object {
  return { source, title, examples: counts, unit, vocabulary, longest, classes, baseline };
}

function dataText({ title, counts, unit, vocabulary, longest, classes, baseline }: Data): string {
  const parts = [
    `${counts.train} examples to train, ${counts.validation} to validate, ${counts.test} to test`,
    `${unit}s, up to ${longest} ${longest === 1 ? 'step' : 'steps'}`,
    ...(vocabulary === 0 ? [] : [`vocabulary ${vocabulary}`]),
    ...(classes.length === 0 || classes.length > 10 ? [] : [`classes ${classes.join(', ')}`]),
    `baseline ${baseline.name}: ${scoreText(baseline.metric, baseline.score)}`,
  ];
  return `data: ${title}: ${parts.join('; ')}\n`;
}

function nodeTable({ ok, nodes, parameters, data, problems }: Checked): string {
  const heading = ['node', 'kind', 'output', 'parameters'];
  const rows = nodes.map((node) => [node.id, node.kind, node.output ?? '?', String(node.parameters)]);
  const sum = ok ? `${parameters} parameters, no problems` : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return `${nodes.length === 0 ? '' : tableText([heading, ...rows], [3])}${data === null ? '' : dataText(data)}${sum}\n`;
}
