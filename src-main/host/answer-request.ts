import { requestSchemas, type Reply, type RequestName, type RequestOf } from '../contract.ts';
import { problem, ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import type { Handlers } from './handlers.ts';

export type AnyReply = Reply<RequestName>;

/**
 * Answers one request as it came off the wire: name and argument are parsed before a handler sees them. Never rejects:
 * a user's mistake is its problems, a bug is one sentence to the window and the whole error to `reportBug`.
 */
export async function answerRequest(handlers: Handlers, name: unknown, argument: unknown, reportBug: (error: unknown) => void): Promise<AnyReply> {
  if (!isRequestName(name)) return refused('The window asked for something this host does not know.', 'Reload the window; it may be of another version.');
  try {
    return await answerNamed(handlers, name, argument);
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    reportBug(error);
    return failed(problem('U060', 'Something inside Unroll failed; the project is unchanged.', 'Try again; the details are in the log.'));
  }
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
