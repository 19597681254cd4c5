import type { DataSpec, Project, TrainingSpec } from './project.ts';

export function setName(project: Project, name: string): Project {
  return { ...project, name };
}

export function setData(project: Project, data: DataSpec | null): Project {
  return { ...project, data };
}

/** Changes some training settings and leaves the others. */
export function setTraining(project: Project, change: Partial<TrainingSpec>): Project {
  return { ...project, training: { ...project.training, ...change } };
}
