import { requestSchemas, type Reply, type RequestName, type RequestOf } from '../contract.ts';
import { problem, ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import type { Handlers } from './handlers.ts';

export type AnyReply = Reply<RequestName>;

/** Where a host tells what it could not do. */
export interface RequestReport {
  /** Keeps a bug; the reply is the id under which the log has it, null where there is no log. */
  readonly bug: (error: unknown, during: string) => string | null;
  /** A request was answered with problems. */
  readonly refused: (during: string, problems: readonly Problem[]) => void;
}

/**
 * Answers one request as it came off the wire: name and argument are parsed before a handler sees them. Never rejects:
 * a user's mistake is its problems, a bug is one sentence to the window, with the id under which the log has it.
 */
export async function answerRequest(handlers: Handlers, name: unknown, argument: unknown, report: RequestReport): Promise<AnyReply> {
  if (!isRequestName(name)) return refused('The window asked for something this host does not know.', 'Reload the window; it may be of another version.');
  try {
    const reply = await answerNamed(handlers, name, argument);
    if (!reply.ok) report.refused(name, reply.problems);
    return reply;
  } catch (error) {
    if (!(error instanceof ProblemError)) return failed(bugProblem(report.bug(error, name)));
    report.refused(name, error.problems);
    return { ok: false, problems: error.problems };
  }
}

/** What the window says of a bug; `id` as the log has it. */
export function bugProblem(id: string | null): Problem {
  const where = id === null ? '' : ` The log has it as ${id} (Show log).`;
  return problem('U060', 'Something inside Unroll failed; the project is unchanged.', `Try again.${where}`);
}

async function answerNamed<N extends RequestName>(handlers: Handlers, name: N, argument: unknown): Promise<AnyReply> {
  const parsed = requestSchemas[name].safeParse(argument);
  if (!parsed.success) return failed(...parsed.error.issues.slice(0, 5).map((issue) => badArgument(name, issue)));
  return { ok: true, value: await handlers[name](parsed.data as RequestOf<N>) };
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requestSchemas, name);
}

function badArgument(name: RequestName, issue: { readonly path: readonly PropertyKey[]; readonly message: string }): Problem {
  const path = issue.path.map(String).join('.');
  return problem(
    'U004',
    `${name}: ${path === '' ? '' : `${path}: `}${issue.message}.`,
    'Reload the window; it may be of another version.',
    path === '' ? {} : { path },
  );
}

function refused(message: string, fix: string): AnyReply {
  return failed(problem('U050', message, fix));
}

function failed(...problems: Problem[]): AnyReply {
  return { ok: false, problems };
}
