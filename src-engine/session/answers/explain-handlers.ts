import { forecastReply } from './answer-forecast.ts';
import { classifyReply, connectivityReply, explainReply, statesReply, translateReply, type AskedModel } from './answer-explain.ts';
import type { EngineFiles } from '../engine-files.ts';
import type { OpenedProject } from '../open-project.ts';
import type { SessionRequests } from '../protocol.ts';
import type { KeptStep, Snapshots } from '../weights/snapshots.ts';

type ExplainName = 'classify' | 'explain' | 'connectivity' | 'translate' | 'forecast' | 'states';
type ExplainHandlers = { readonly [N in ExplainName]: (argument: SessionRequests[N]['request']) => SessionRequests[N]['reply'] };

interface Asked {
  readonly opened: OpenedProject;
  readonly engine: EngineFiles;
  readonly snapshots: Snapshots;
}

/** What answers the requests that look at one input; `present` throws ProblemError where no project is open. */
export function explainHandlers(present: () => Asked): ExplainHandlers {
  const answering =
    <A, R>(reply: (opened: OpenedProject, argument: A, engine: EngineFiles) => R) =>
    (argument: A): R => {
      const { opened, engine } = present();
      return reply(opened, argument, engine);
    };
  /** Of the weights as they are, or once were, with the steps that may be asked for. */
  const looking =
    <A extends { readonly atStep?: number | undefined }, R>(reply: (model: AskedModel, argument: A, engine: EngineFiles) => R) =>
    (argument: A): R & { readonly kept: readonly KeptStep[] } => {
      const { opened, engine, snapshots } = present();
      const run = snapshots.moment(opened.run, argument.atStep);
      return { ...reply({ ...opened, run }, argument, engine), kept: snapshots.steps };
    };
  return {
    classify: looking(classifyReply),
    explain: looking(explainReply),
    connectivity: looking(connectivityReply),
    translate: answering(translateReply),
    forecast: answering(forecastReply),
    states: looking(statesReply),
  };
}
