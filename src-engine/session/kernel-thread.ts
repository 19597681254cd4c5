import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serveTeam } from '../run/team.ts';
import { instantiate } from '../run/wasm-machine.ts';

/** One helper of a team of kernel threads: `session/threads.ts` starts it. It sleeps while nothing trains and ends when the team is closed. */
const sharedWords = z.custom<Int32Array<SharedArrayBuffer>>((value) => value instanceof Int32Array && value.buffer instanceof SharedArrayBuffer);
const place = z
  .object({
    module: z.instanceof(WebAssembly.Module),
    memory: z.instanceof(WebAssembly.Memory),
    control: sharedWords,
    thread: z.int().positive(),
    threads: z.int().positive(),
  })
  .parse(workerData);

serveTeam(instantiate(place.module, place.memory), place);
