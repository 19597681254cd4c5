import { isKindName } from '../../src-engine/document/node-kinds.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { RequestReport } from './answer-request.ts';
import type { EngineListener } from './engine-thread.ts';
import type { Handlers } from './handlers.ts';
import type { Facts, Log } from './log.ts';

/** Bugs and refusals of requests go to the log. */
export function logReport(log: Log): RequestReport {
  return {
    bug: (error, during) => log.bug(error, during),
    refused: (during, problems) => {
      log.note(`refused ${during}`, codesOf(problems));
    },
  };
}

/** The same handlers; the settings of each run that is opened are noted. */
export function logRuns(handlers: Handlers, log: Log): Handlers {
  return {
    ...handlers,
    'session.open': async (argument) => {
      const reply = await handlers['session.open'](argument);
      const parsed = parseProject(argument.text);
      const { steps, parameters, problems } = reply;
      log.note('run opened', { ...(parsed.ok ? settingsOf(parsed.project) : {}), T: steps, parameters, ...codesOf(problems) });
      return reply;
    },
    'session.start': async (argument) => {
      const reply = await handlers['session.start'](argument);
      log.note('run started', { step: reply.step });
      return reply;
    },
  };
}

/** What the engine tells of a run's end. */
export function logEngine(onEvent: (listener: EngineListener) => () => void, log: Log): () => void {
  return onEvent((heard) => {
    if (heard.event === 'done')
      log.note('run done', { steps: heard.payload.steps, seconds: rounded(heard.payload.seconds), stepsPerSecond: rounded(heard.payload.stepsPerSecond) });
    else if (heard.event === 'stopped') log.note('run stopped: a number was not finite', { step: heard.payload.step, quantity: heard.payload.place.quantity });
    else if (heard.event === 'died') log.note('engine thread died');
  });
}

function codesOf(problems: readonly Problem[]): Facts {
  return problems.length === 0 ? {} : { problems: [...new Set(problems.map(({ code }) => code))].join(',') };
}

/** Sizes, kinds and settings; no name that a person gave, no path, no option in letters. */
function settingsOf({ graph, data, training }: Project): Facts {
  const { optimizer, batchSize, epochs, seed, clip, bptt } = training;
  return {
    blocks: graph.nodes.map(({ kind, params }) => `${isKindName(kind) ? kind : 'unknown'}${sizeOf(params)}`).join(','),
    data: dataName(data),
    optimizer: optimizer.kind,
    learningRate: optimizer.learningRate,
    batch: batchSize,
    epochs,
    seed,
    clip: clip.kind === 'none' ? 'none' : `${clip.kind}:${clip.max}`,
    bptt: `${bptt.mode}:${bptt.reduce}`,
  };
}

function sizeOf({ units }: Project['graph']['nodes'][number]['params']): string {
  return typeof units === 'number' ? `:${units}` : '';
}

function dataName(data: Project['data']): string {
  if (data === null) return 'none';
  return /^builtin:[a-z0-9-]{1,40}$/u.test(data.source) ? data.source : 'imported';
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}
