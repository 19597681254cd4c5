import type { Project } from '../../../src-engine/document/project.ts';

const keys = new WeakMap<Project, string>();

/**
 * What of a project decides its weights: two projects with the same key train alike, so that a session opened for one may go on
 * for the other. Positions, labels and the project's name do not count, nor does the learning rate, which changes mid-run.
 */
export function trainingKey(project: Project): string {
  const known = keys.get(project);
  if (known !== undefined) return known;
  const key = makeKey(project);
  keys.set(project, key);
  return key;
}

/** The same without the drawing: data and settings of the training. */
export function settingsKey(project: Project): string {
  const { optimizer, epochs: _epochs, ...training } = project.training;
  return JSON.stringify({ data: project.data, training: { ...training, optimizer: { ...optimizer, learningRate: null } } });
}

function makeKey(project: Project): string {
  const { optimizer, ...training } = project.training;
  return JSON.stringify({
    nodes: project.graph.nodes.map(({ id, kind, parent, params, enabled }) => ({ id, kind, parent, params, enabled })),
    wires: project.graph.wires.map(({ from, to }) => ({ from, to })),
    data: project.data,
    training: { ...training, optimizer: { ...optimizer, learningRate: null } },
  });
}
