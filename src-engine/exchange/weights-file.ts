import { checkGraph } from '../document/check.ts';
import { problem, ProblemError, type Problem } from '../document/problems.ts';
import type { Project } from '../document/project.ts';
import { serializeProject } from '../document/file/serialize-project.ts';
import type { DataSignature } from '../document/signature.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { TrainedModel } from './trained-model.ts';

type Model = Pick<TrainedModel, 'project' | 'signature' | 'parameters'>;

/** A model's weights as a safetensors file, by their names in Unroll; its project and signature are the file's metadata. */
export function writeWeights({ project, signature, parameters }: Model): Uint8Array<ArrayBuffer> {
  const arrays = expected(project, signature).map(({ name, shape }) => {
    const values = parameters.get(name);
    if (values === undefined) throw new Error(`${name} is not there`);
    return { name, shape, values };
  });
  const metadata = { format: 'pt', producer: 'Unroll', project: serializeProject(project), signature: JSON.stringify(signature) };
  return writeSafetensors({ arrays, metadata });
}

/** The weights of a safetensors file for a project. Throws ProblemError: U042 for a damaged file, U043 for each name or shape that does not fit. */
export function readWeights(bytes: Uint8Array, project: Project, signature: DataSignature): ReadonlyMap<string, Float32Array> {
  const read = readSafetensors(bytes);
  if (!read.ok) throw new ProblemError(read.problems);
  const found = new Map(read.file.arrays.map((array) => [array.name, array]));
  const problems: Problem[] = [];
  const parameters = new Map<string, Float32Array>();
  for (const { name, shape, node } of expected(project, signature)) {
    const array = found.get(name);
    found.delete(name);
    if (array?.shape.join() === shape.join()) parameters.set(name, array.values);
    else {
      const inFile = array === undefined ? 'not in the file' : `${array.shape.join(' x ')} in the file`;
      problems.push(
        problem('U043', `${name} is ${inFile} and ${shape.join(' x ')} in the graph.`, 'Use the project these weights were trained with.', { node }),
      );
    }
  }
  for (const { name, shape } of found.values())
    problems.push(problem('U043', `The file holds ${name} (${shape.join(' x ')}), which no node owns.`, 'Remove it, or correct its name.'));
  if (problems.length > 0) throw new ProblemError(problems);
  return parameters;
}

function expected(project: Project, signature: DataSignature) {
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  return checked.parameters;
}
