import { forecastReply } from './answer-forecast.ts';
import { classifyReply, connectivityReply, explainReply, statesReply, translateReply } from './answer-explain.ts';
import type { EngineFiles } from './engine-files.ts';
import type { OpenedProject } from './open-project.ts';
import type { SessionRequests } from './protocol.ts';

type ExplainName = 'classify' | 'explain' | 'connectivity' | 'translate' | 'forecast' | 'states';
type ExplainHandlers = { readonly [N in ExplainName]: (argument: SessionRequests[N]['request']) => SessionRequests[N]['reply'] };

interface Asked {
  readonly opened: OpenedProject;
  readonly engine: EngineFiles;
}

/** What answers the requests that look at one input; `present` throws ProblemError where no project is open. */
export function explainHandlers(present: () => Asked): ExplainHandlers {
  const answering =
    <A, R>(reply: (opened: OpenedProject, argument: A, engine: EngineFiles) => R) =>
    (argument: A): R => {
      const { opened, engine } = present();
      return reply(opened, argument, engine);
    };
  return {
    classify: answering(classifyReply),
    explain: answering(explainReply),
    connectivity: answering(connectivityReply),
    translate: answering(translateReply),
    forecast: answering(forecastReply),
    states: answering(statesReply),
  };
}
