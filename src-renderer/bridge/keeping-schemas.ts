/** Parsers of what the host says about files and about work that it keeps. */
import { z } from 'zod';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { OpenedFile, Replies } from '../../src-main/contract.ts';

export const openedFileSchema: z.ZodType<OpenedFile> = z.object({
  text: z.string(),
  name: z.string(),
  handle: z.string().nullable(),
  version: z.string().nullable(),
});

const checkpoint = { id: z.string(), step: z.number(), time: z.number() };
const discarded = z.object({ discarded: z.literal(true) });

type Keeping = 'project.check' | Extract<keyof Replies, `unsaved.${string}` | `checkpoint.${string}`>;

export function keepingSchemas(problem: z.ZodType<Problem>): { readonly [N in Keeping]: z.ZodType<Replies[N]> } {
  return {
    'project.check': z.object({ change: z.enum(['none', 'changed', 'gone']) }),
    'unsaved.keep': z.object({ kept: z.literal(true) }),
    'unsaved.list': z.object({
      documents: z.array(z.object({ id: z.string(), name: z.string(), time: z.number() })),
      runs: z.array(z.object({ ...checkpoint, name: z.string() })),
    }),
    'unsaved.open': openedFileSchema,
    'unsaved.discard': discarded,
    'checkpoint.latest': z.object({ latest: z.object(checkpoint).nullable(), problems: z.array(problem) }),
    'checkpoint.save': z.object({ saved: z.object({ name: z.string() }).nullable(), download: z.string().nullable(), step: z.number() }),
    'checkpoint.discard': discarded,
  };
}
