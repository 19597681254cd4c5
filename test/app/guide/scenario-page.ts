import type { Graph, GraphNode } from '../../../src-engine/document/project.ts';
import type { Scenario } from '../../../src-engine/scenarios/scenario.ts';
import { SCENARIO_NOTES } from './scenario-notes.ts';

/** The guide's page of a template, as Markdown. What its card says is taken from the card. */
export function scenarioPage(scenario: Scenario): string {
  const { id, title, text, teaches, dataset, score, baseline, seconds } = scenario;
  const project = scenario.project();
  const note = SCENARIO_NOTES[id];
  if (note === undefined) throw new Error(`the guide has no note on ${id}`);
  const lesson = scenario.topic === 'lessons';
  const facts = lesson
    ? [`Data: ${dataset}.`, `Length: ${baseline}.`]
    : [`Data: ${dataset}.`, `Reaches: ${score} on the test split; ${baseline}.`, `Trains in about ${durationText(seconds)} on two cores.`];
  return [
    `# ${title}`,
    '',
    text,
    '',
    `![${title}, trained](../pictures/${id}.png)`,
    '',
    `**What it shows.** ${teaches}`,
    '',
    ...facts.map((fact) => `- ${fact}`),
    '',
    '## The model',
    '',
    '| block | kind | set to |',
    '|---|---|---|',
    ...modelRows(project.graph),
    '',
    '## Where to look',
    '',
    note.look,
    '',
    '## What to change',
    '',
    ...note.change.map((each) => `- ${each}`),
    '',
    `From the command line: \`npm run -s unroll -- train --scenario ${id}\`.`,
    '',
    '[All templates](README.md) · [The guide](../README.md)',
    '',
  ].join('\n');
}

/** The table of all pages. */
export function scenarioIndex(scenarios: readonly Scenario[]): string {
  return [
    '# Templates',
    '',
    'A click on a card of the gallery puts the graph on the canvas and loads its data. Press Train.',
    '',
    '| template | what it does | reaches | without a model |',
    '|---|---|---|---|',
    ...scenarios.map(({ id, title, text, score, baseline }) => `| [${title}](${id}.md) | ${text} | ${score} | ${baseline} |`),
    '',
    '[The guide](../README.md)',
    '',
  ].join('\n');
}

function durationText(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}

function modelRows({ nodes }: Graph): readonly string[] {
  return nodes.map((node) => `| \`${node.id}\`${insideText(node)} | ${node.kind} | ${paramsText(node)} |`);
}

function insideText({ parent }: GraphNode): string {
  return parent === undefined ? '' : ` in \`${parent}\``;
}

function paramsText({ params }: GraphNode): string {
  const entries = Object.entries(params);
  return entries.length === 0 ? '' : entries.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
