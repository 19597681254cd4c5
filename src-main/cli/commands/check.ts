import { ProblemError } from '../../../src-engine/document/problems.ts';
import { checkProject } from '../../../src-engine/session/direct.ts';
import { loadEngineFiles } from '../../../src-engine/session/engine-files.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { readNamed } from '../files.ts';
import { jsonLine, printProblems, tableText } from '../output.ts';

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
    const text = await readNamed(path, context);
    const checked = await checkProject(text, await loadEngineFiles(context.engine.engineDirectory));
    printProblems(checked.problems, context);
    return checked;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    printProblems(error.problems, context);
    return { ok: false, nodes: [], parameters: 0, problems: error.problems };
  }
}

/** As formats.md has it, shapes in plain letters; where a problem stands in the file is on its line of standard error. */
function jsonValue({ ok, nodes, parameters, problems }: Checked): object {
  return {
    ok,
    nodes: nodes.map((node) => ({ ...node, output: node.output?.replaceAll('×', 'x') ?? null })),
    parameters,
    problems: problems.map(({ code, node, message, fix }) => ({ code, node, message, fix })),
  };
}

function nodeTable({ ok, nodes, parameters, problems }: Checked): string {
  const heading = ['node', 'kind', 'output', 'parameters'];
  const rows = nodes.map((node) => [node.id, node.kind, node.output ?? '?', String(node.parameters)]);
  const sum = ok ? `${parameters} parameters, no problems` : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return `${nodes.length === 0 ? '' : tableText([heading, ...rows], [3])}${sum}\n`;
}
