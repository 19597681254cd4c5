import { beforeAll, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../src-engine/document/export-formats.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import { readSafetensors } from '../../src-engine/exchange/safetensors.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { ExportReply } from '../../src-engine/session/protocol.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

it('every format is read back and agrees with the model on held-out examples', async () => {
  const { session, next } = openSession(engine);
  await session.handlers.open({ project: scenarioProject('names') });
  await session.handlers.start({ steps: 20 });
  await next('done');
  const made = new Map<string, ExportReply>();
  for (const { id } of EXPORT_FORMATS) made.set(id, await session.handlers.exportFile({ format: id, arrays: false, name: 'mine' }));
  for (const [format, { largestDifference, examples, bytes }] of made) {
    expect(largestDifference, format).toBeLessThan(1e-5);
    expect(examples, format).toBe(32);
    expect(bytes.length, format).toBeGreaterThan(1000);
  }
  const text = (format: string): string => new TextDecoder().decode(made.get(format)?.bytes);
  expect(readModel(text('json'))).toMatchObject({ ok: true });
  expect(readSafetensors(made.get('safetensors')!.bytes)).toMatchObject({ ok: true });
  for (const file of ['mine/mine.model.json', 'mine/unroll-runtime.js', 'export{', 'loadModel(await readFile("./mine.model.json"'])
    expect(text('runtime').replaceAll('export {', 'export{')).toContain(file);
  for (const file of ['mine/model.py', 'mine/train.py', 'mine/data/train.jsonl']) expect(text('pytorch')).toContain(file);
  expect(made.get('onnx')?.ranBy).toBe('ONNX Runtime');
});

it('training goes on where it was after an export', async () => {
  const weights = async (exports: boolean): Promise<string> => {
    const { session, next } = openSession(engine);
    await session.handlers.open({ project: scenarioProject('names') });
    await session.handlers.step({});
    if (exports) await session.handlers.exportFile({ format: 'onnx', arrays: false, name: 'mine' });
    await session.handlers.start({ steps: 10 });
    await next('done');
    return JSON.stringify((JSON.parse((await session.handlers.exportModel({ arrays: false })).text) as { parameters: unknown }).parameters);
  };
  expect(await weights(true)).toBe(await weights(false));
});

it('the test score in a model is that of its weights, also where they were trained on after the end', async () => {
  const trained = async (steps: number): Promise<ReturnType<typeof openSession>> => {
    const opened = openSession(engine);
    await opened.session.handlers.open({ project: scenarioProject('names') });
    await opened.session.handlers.start({ steps });
    await opened.next('done');
    return opened;
  };
  const metrics = async ({ session }: ReturnType<typeof openSession>): Promise<{ readonly steps: number }> => {
    const { text } = await session.handlers.exportModel({ arrays: false });
    return (JSON.parse(text) as { metrics: { steps: number } }).metrics;
  };
  const goneOn = await trained(20);
  await goneOn.session.handlers.start({});
  await expect.poll(async () => (await goneOn.session.handlers.status({})).step).toBeGreaterThan(20);
  await goneOn.session.handlers.pause({});
  const told = await metrics(goneOn);
  expect(told.steps).toBeGreaterThan(20);
  expect(told).toEqual(await metrics(await trained(told.steps)));
});
