import { problem, ProblemError } from '../../document/problems.ts';
import { debugCopy, debugNode } from './debug-node.ts';
import type { DebugCopyReply, DebugCopyRequest, DebugNodeReply, DebugNodeRequest, DebugReply, DebugRequest } from './debug-protocol.ts';
import { debugInTurns } from './debug-reply.ts';
import { DebugRun } from './debug-run.ts';
import type { EngineFiles } from '../engine-files.ts';
import { inPieces, type Pace } from '../in-pieces.ts';
import type { OpenedProject } from '../open-project.ts';

interface Surroundings extends Pace {
  readonly engine: EngineFiles;
}

/** Looks at one example at a time and keeps the last, so that its nodes can be asked for one by one. */
export class Debugger {
  private kept: { readonly id: number; readonly run: DebugRun } | null = null;
  private asked = 0;

  /** `present` is the project that is open. Throws ProblemError: U004, U024 where it is another before the end, U044. */
  async look(opened: OpenedProject, { input, flow }: DebugRequest, surroundings: Surroundings, present: () => OpenedProject | null): Promise<DebugReply> {
    this.asked += 1;
    const id = this.asked;
    const run = new DebugRun(opened, input, surroundings.engine);
    const reply = await inPieces(debugInTurns(run, id, flow), surroundings, () => present() === opened, 'this example was');
    this.kept = { id, run };
    return reply;
  }

  /** Throws ProblemError U044. */
  node(request: DebugNodeRequest): DebugNodeReply {
    return debugNode(this.expect(request.id), request);
  }

  /** Throws ProblemError U044. */
  copy(request: DebugCopyRequest): DebugCopyReply {
    return debugCopy(this.expect(request.id), request);
  }

  forget(): void {
    this.kept = null;
  }

  private expect(id: number): DebugRun {
    if (this.kept?.id === id) return this.kept.run;
    throw new ProblemError([problem('U044', 'The debugger looks at another example by now.', 'Ask for this example again.')]);
  }
}
