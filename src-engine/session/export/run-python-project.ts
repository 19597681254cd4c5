import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { problem, ProblemError } from '../../document/problems.ts';
import type { ProjectFile } from '../../exchange/project-file.ts';

/** Where a Python may be that has PyTorch: the user's own first, then the system's. */
const PYTHONS = ['python3', 'python', '/usr/bin/python3'];
const LONGEST = 10 * 60_000;

/** Frameworks that a project may need, and how a Python says that it has them. */
const NEEDS = { torch: 'import torch', keras: 'import keras; assert keras.__version__ >= "3"' } as const;

const replySchema = z.object({
  torch: z.string().optional(),
  keras: z.string().optional(),
  largestDifference: z.number(),
  loss: z.number().optional(),
  lossDifference: z.number().optional(),
});

export type PythonReply = z.infer<typeof replySchema>;

/** Runs the project's own `verify.py` in a folder that is gone afterwards; null where there is no Python with the framework. Throws ProblemError U046 where it does not run through. */
export async function runPythonProject(files: readonly ProjectFile[], framework: keyof typeof NEEDS): Promise<PythonReply | null> {
  const python = await findPython(framework);
  if (python === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'unroll-pytorch-'));
  try {
    for (const { path, bytes } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const { out, errors } = await run(python, ['verify.py'], folder);
    const line = out.trim().split('\n').at(-1) ?? '';
    if (!line.startsWith('{')) throw didNotRun(framework, errors);
    return replySchema.parse(JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function didNotRun(framework: keyof typeof NEEDS, errors: string): ProblemError {
  const last = errors.trim().split('\n').at(-1) ?? '';
  return new ProblemError([
    problem(
      'U046',
      `${framework === 'torch' ? 'PyTorch' : 'Keras'} could not run the project: ${last}`,
      'Nothing was exported. Use another format, and report this with the project.',
    ),
  ]);
}

/** The first Python that has the framework. */
export async function findPython(framework: keyof typeof NEEDS = 'torch'): Promise<string | null> {
  for (const python of PYTHONS) if ((await run(python, ['-c', NEEDS[framework]], tmpdir())).code === 0) return python;
  return null;
}

async function run(program: string, words: readonly string[], folder: string): Promise<{ code: number; out: string; errors: string }> {
  return await new Promise((resolve) => {
    const said = { out: '', errors: '' };
    const child = spawn(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.errors += text));
    child.on('error', () => {
      resolve({ code: -1, ...said });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? -1, ...said });
    });
  });
}
