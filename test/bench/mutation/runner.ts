import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import type { Answer, Question } from './plan.ts';

/** The child process of `RunnerProcess`: a Vitest that stays open, in a copy of the repository. */
class AsGiven {
  sort<T>(files: T): T {
    return files;
  }

  shard<T>(files: T): T {
    return files;
  }
}

const root = process.cwd();
const vitest = await createVitest('test', {
  root,
  watch: false,
  pool: 'threads',
  maxWorkers: 1,
  reporters: [{}],
  silent: true,
  sequence: { sequencer: AsGiven },
  // Read anew for every plan: Node would keep what it has read once.
  server: { deps: { external: [] } },
  setupFiles: [join(root, 'test/bench/mutation/try-mutants.ts')],
});
await vitest.standalone();

async function answerTo({ plan, files, bail }: Question): Promise<Answer> {
  vitest.provide('plan', plan);
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  // A file that fails without any mutant has to be run to its end.
  vitest.config.bail = bail;
  const specifications = files.map((file) => vitest.getRootProject().createSpecification(join(root, file)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.flatMap((module) => {
    const named = (name: string, message = '') => ({ test: `${module.relativeModuleId}: ${name}`, message });
    const tests = [...module.children.allTests('failed')].map((test) => named(test.fullName, test.result().errors?.[0]?.message));
    return [...tests, ...module.errors().map(({ message }) => named('the module itself', message))];
  });
  return { failed: [...failed, ...unhandledErrors.map((error) => ({ test: 'outside of a test', message: String(error) }))] };
}

process.on('message', (question: Question) => {
  void answerTo(question).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
