import { familyOf, isLoss, readsAnswers, readsOf, type Family, type FamilyOp, type UnrolledGraph } from './graph.ts';

/**
 * Legality of an unrolled graph; a violation is a bug of the compiler and throws with the family's name.
 * 1. ids are the places in the list; 2. a read at the same step names an earlier family; 3. a read one step back names a family of the same
 * layer with T steps (what reads answers names the loss); 4. widths agree with the op; 5. every parameter is listed and has the shape its op needs; 6. there is one loss.
 */
export function verifyGraph(graph: UnrolledGraph): void {
  const shapes = new Map(graph.parameters.map((each) => [each.name, each.shape]));
  for (const [index, family] of graph.families.entries()) {
    const fail = (what: string): never => {
      throw new Error(`${family.layer} ${family.role} (family ${family.id}): ${what}`);
    };
    if (family.id !== index) fail(`stands at ${index}`);
    const { same, previous } = readsOf(family.op);
    for (const id of same) if (id >= family.id) fail(`reads family ${id} before it exists`);
    if (previous !== null && !readsAnswers(family.op) && familyOf(graph, previous.family).layer !== family.layer) fail('reads the past of another layer');
    if (previous !== null && familyOf(graph, previous.family).steps !== family.steps) fail('reads the past of something without steps');
    if (family.op.op === 'last-cell' && familyOf(graph, family.op.x).op.op !== 'lstm') fail('reads the cell state of something that has none');
    const width = expectedWidth(graph, family);
    if (width !== null && width !== family.width) fail(`has width ${family.width}, its op makes ${width}`);
    verifyParameters(family.op, shapes, fail);
  }
  const losses = graph.families.filter((family) => isLoss(family.op));
  if (losses.length !== 1 || losses[0]?.id !== graph.loss) throw new Error('a graph needs exactly one loss');
}

/** Width an op gives, from what it reads; null where data or storage decides. */
function expectedWidth(graph: UnrolledGraph, family: Family): number | null {
  const { op } = family;
  switch (op.op) {
    case 'tokens':
    case 'previous-targets':
    case 'feedback':
    case 'mixed-targets':
      return 1;
    case 'features':
    case 'embedding':
    case 'one-hot':
      return null;
    case 'product':
      return op.onto === null ? null : familyOf(graph, op.onto.family).width;
    case 'rnn':
      return familyOf(graph, op.pre).width;
    case 'gru-gates':
    case 'gru-blend':
    case 'gru-after':
      return familyOf(graph, op.gates).width / 3;
    case 'lstm':
      return familyOf(graph, op.gates).width / 4;
    case 'merge':
      return op.mode === 'concat' ? op.parts.reduce((total, id) => total + familyOf(graph, id).width, 0) : familyOf(graph, op.parts[0] ?? family.id).width;
    case 'reverse':
    case 'last-step':
    case 'last-cell':
    case 'activation':
    case 'layer-norm':
    case 'repeat':
    case 'pool':
    case 'attention':
    case 'dropout':
    case 'softmax-loss':
    case 'sigmoid-loss':
    case 'squared-loss':
    case 'huber-loss':
      return familyOf(graph, op.x).width;
  }
}

function verifyParameters(op: FamilyOp, shapes: ReadonlyMap<string, readonly number[]>, fail: (what: string) => never): void {
  if (op.op === 'embedding' && !shapes.has(op.weight)) fail(`uses ${op.weight}, which is not listed`);
  if (op.op === 'lstm') for (const name of op.peephole ?? []) if (!shapes.has(name)) fail(`uses ${name}, which is not listed`);
  if (op.op === 'layer-norm') for (const name of [op.weight, op.bias]) if (!shapes.has(name)) fail(`uses ${name}, which is not listed`);
  if (op.op !== 'product') return;
  const shape = shapes.get(op.weight.parameter);
  // A vector [F] serves as a matrix [1,F].
  const [rows = 0, columns = 0] = shape?.length === 1 ? [1, ...shape] : (shape ?? []);
  if (shape === undefined) fail(`uses ${op.weight.parameter}, which is not listed`);
  else if (columns !== op.weight.columns || op.weight.firstRow + op.weight.rows > rows) fail(`${op.weight.parameter} is [${shape.join(', ')}]`);
  if (op.bias !== null && !shapes.has(op.bias)) fail(`uses ${op.bias}, which is not listed`);
}
