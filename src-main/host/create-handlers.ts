import { EXPORT_FORMATS } from '../../src-engine/document/export-formats.ts';
import { ask, type Requester } from './ask-engine.ts';
import type { DataFiles } from './files/data-files.ts';
import { deskHandlers, type Desk } from './desk.ts';
import type { Handlers } from './handlers.ts';
import { keepingHandlers, type Keeping } from './keeping/keeping.ts';
import { safeFileName, type ProjectFiles } from './files/project-files.ts';
import { readJsonText } from './files/read-json-text.ts';
import type { Runs } from './runs/open-runs.ts';

export interface HostServices {
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  readonly engine: Requester;
  readonly files: ProjectFiles;
  readonly data: DataFiles;
  readonly desk: Desk;
  readonly keeping: Keeping;
  readonly runs: Pick<Runs, 'handlers' | 'expect'>;
}

/** What answers each request of the contract, in every shell. A handler throws ProblemError for the user's mistakes. */
export function createHandlers(services: HostServices): Handlers {
  const { engine, files, data } = services;
  return {
    'app.info': () => Promise.resolve({ shell: services.shell, version: services.version, files: files.kind }),
    ...deskHandlers(services.desk),
    ...keepingHandlers(services.keeping),
    ...services.runs.handlers,
    'project.open': (argument) => files.open(argument),
    'project.save': async (argument) => {
      readJsonText(argument.text);
      return await files.saveProject(argument);
    },
    'session.open': async (argument) => {
      const { text, handle, keep, weights } = argument;
      services.runs.expect(argument);
      const project = readJsonText(text);
      const reply = await ask(engine, 'open', {
        project,
        folder: files.folderOf(handle ?? null),
        ...(keep === undefined ? {} : { keep }),
        ...(weights === undefined ? {} : { weights: new Uint8Array(Buffer.from(weights, 'base64')) }),
      });
      if (reply.problems.length === 0) services.keeping.runs.begin({ text, path: files.pathOf(handle ?? ''), document: argument.document?.id ?? '' });
      return reply;
    },
    'data.preview': async ({ text, handle }) => await ask(engine, 'previewData', { project: readJsonText(text), folder: files.folderOf(handle) }),
    'data.choose': ({ what }) => data.choose(what),
    'data.describe': (argument) => data.describe(argument),
    'data.locate': (argument) => data.locate(argument),
    'data.cancel': () => ask(engine, 'cancelLoading', {}),
    'session.start': () => ask(engine, 'start', {}),
    'session.pause': () => ask(engine, 'pause', {}),
    'session.step': () => ask(engine, 'step', {}),
    'session.stop': () => ask(engine, 'stop', {}),
    'session.reset': () => ask(engine, 'reset', {}),
    'session.setLearningRate': (argument) => ask(engine, 'setLearningRate', argument),
    'session.setProbeEvery': (argument) => ask(engine, 'setProbeEvery', argument),
    'session.weights': (argument) => ask(engine, 'weights', argument),
    'session.probes': (argument) => ask(engine, 'probes', argument),
    'session.sample': (argument) => ask(engine, 'sample', argument),
    'session.rankNext': (argument) => ask(engine, 'rankNext', argument),
    'session.classify': (argument) => ask(engine, 'classify', argument),
    'session.explain': (argument) => ask(engine, 'explain', argument),
    'session.connectivity': (argument) => ask(engine, 'connectivity', argument),
    'session.forecast': (argument) => ask(engine, 'forecast', argument),
    'session.states': (argument) => ask(engine, 'states', argument),
    'session.debug': (argument) => ask(engine, 'debug', argument),
    'session.debugNode': (argument) => ask(engine, 'debugNode', argument),
    'session.debugCopy': (argument) => ask(engine, 'debugCopy', argument),
    'session.translate': (argument) => ask(engine, 'translate', argument),
    'session.status': () => ask(engine, 'status', {}),
    'memory.measure': async ({ text, ...wanted }) => await ask(engine, 'measureMemory', { project: readJsonText(text), ...wanted }),
    'memory.cancel': () => ask(engine, 'cancelMemory', {}),
    'code.pytorch': async ({ text }) => await ask(engine, 'modelCode', { project: readJsonText(text) }),
    'picture.save': ({ name, format, content }) => files.saveModel(`${safeFileName(name === '' ? 'picture' : name)}.${format}`, Buffer.from(content, 'base64')),
    'model.import': async ({ name, file, text, handle }) => {
      const into = text === null ? null : readJsonText(text);
      const bytes = new Uint8Array(Buffer.from(file, 'base64'));
      const { weights, ...reply } = await ask(engine, 'importModel', { bytes, name, into, folder: files.folderOf(handle) });
      return { ...reply, weights: Buffer.from(weights).toString('base64') };
    },
    'session.export': async ({ name, format, arrays }) => {
      const plain = safeFileName(name === '' ? 'model' : name);
      const { bytes, ...check } = await ask(engine, 'exportFile', { format, arrays, name: plain });
      const fileName = `${plain}${EXPORT_FORMATS.find(({ id }) => id === format)?.ending ?? ''}`;
      return { ...(await files.saveModel(fileName, bytes)), name: fileName, ...check };
    },
  };
}
