import ts from 'typescript';

/** One small mistake somebody could have made: the text from `start` to `end` reads `replacement` instead. */
export interface Mutant {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** A statement cannot stand in a conditional expression: `guard` is put before it. */
  readonly guard?: 'skip' | 'return' | 'continue';
}

const OPPOSITES: Readonly<Record<string, readonly [operator: string, ...others: string[]]>> = {
  '+': ['arithmetic', '-'],
  '-': ['arithmetic', '+'],
  '*': ['arithmetic', '/'],
  '/': ['arithmetic', '*'],
  '%': ['arithmetic', '*'],
  '+=': ['assignment', '-='],
  '-=': ['assignment', '+='],
  '*=': ['assignment', '/='],
  '<': ['comparison', '<=', '>='],
  '<=': ['comparison', '<', '>'],
  '>': ['comparison', '>=', '<='],
  '>=': ['comparison', '>', '<'],
  '===': ['comparison', '!=='],
  '!==': ['comparison', '==='],
  '&&': ['logical', '||'],
  '||': ['logical', '&&'],
  '??': ['logical', '&&'],
};

const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
};

/** All mutants of a module, in the order of its text; of type positions, imports and names none. */
export function findMutants(text: string): readonly Mutant[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2024, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isExportDeclaration(node)) return;
    found.push(...mutantsAt(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function mutantsAt(node: ts.Node, source: ts.SourceFile): Mutant[] {
  const start = node.getStart(source);
  const text = node.getText(source);
  const becomes = (operator: string, ...replacements: readonly string[]): Mutant[] =>
    replacements.filter((replacement) => replacement !== text).map((replacement) => ({ operator, start, end: node.end, replacement }));
  const guarded = (operator: string, guard: 'skip' | 'return' | 'continue', at: ts.Node): Mutant[] => [
    { operator, start: at.getStart(source), end: at.end, replacement: '', guard },
  ];

  if (ts.isBinaryExpression(node)) {
    const [operator, ...others] = OPPOSITES[node.operatorToken.getText(source)] ?? [''];
    return becomes(operator, ...others.map((other) => `(${node.left.getText(source)}) ${other} (${node.right.getText(source)})`)).concat(inCondition(node));
  }
  if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken)
      return becomes('negation', node.operand.getText(source));
    return [];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return becomes('constant', 'false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) return becomes('constant', 'true');
  if (ts.isNumericLiteral(node) && isValue(node)) return becomes('constant', `(${text} + 1)`);
  if ((ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && isValue(node)) return becomes('text', node.text === '' ? "'mutated'" : "''");
  if (ts.isTemplateExpression(node) && isValue(node)) return becomes('text', "''");
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && isValue(node)) return becomes('literal', '[]');
  if (ts.isCallExpression(node)) return swappedMethod(node, source, becomes).concat(inCondition(node));
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return inCondition(node);
  if (ts.isReturnStatement(node) && node.expression !== undefined && !isLiteral(node.expression))
    return [{ operator: 'result', start: node.expression.getStart(source), end: node.expression.end, replacement: 'undefined' }];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && !isLiteral(node.body))
    return [{ operator: 'result', start: node.body.getStart(source), end: node.body.end, replacement: 'undefined' }];
  if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression) && !isSuperCall(node.expression)) return guarded('statement', 'skip', node);
  if (ts.isThrowStatement(node)) return guarded('statement', 'skip', node);
  if (ts.isForOfStatement(node) && ts.isBlock(node.statement)) return guarded('statement', 'continue', node.statement);
  return [];

  function inCondition(expression: ts.Node): Mutant[] {
    const { parent } = expression;
    if (ts.isIfStatement(parent) && parent.expression === expression) return becomes('condition', 'true', 'false');
    if (ts.isConditionalExpression(parent) && parent.condition === expression) return becomes('condition', 'true', 'false');
    if (ts.isWhileStatement(parent) && parent.expression === expression) return becomes('condition', 'false');
    if (ts.isForStatement(parent) && parent.condition === expression) return becomes('condition', 'false');
    return [];
  }
}

function swappedMethod(node: ts.CallExpression, source: ts.SourceFile, becomes: (operator: string, ...replacements: string[]) => Mutant[]): Mutant[] {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || (node.flags & ts.NodeFlags.OptionalChain) !== 0) return [];
  const all = node.arguments.map((argument) => argument.getText(source)).join(', ');
  const object = callee.expression.getText(source);
  if (callee.name.text === 'filter') return becomes('method', object);
  const other = METHODS[callee.name.text];
  return other === undefined ? [] : becomes('method', `${object}.${other}(${all})`);
}

/** Whether a literal is a value, not the name of a property, a module or a member. */
function isValue(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodDeclaration(parent) || ts.isBindingElement(parent))
    return 'initializer' in parent && parent.initializer === node;
  if (ts.isTaggedTemplateExpression(parent) || ts.isPropertySignature(parent) || ts.isExternalModuleReference(parent)) return false;
  if (ts.isArrayLiteralExpression(node) && ts.isBinaryExpression(parent) && parent.left === node) return false;
  if (ts.isForOfStatement(parent) && parent.initializer === node) return false;
  return !(ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword);
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isLiteralExpression(node) ||
    ts.isTemplateExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(node.kind) ||
    node.getText() === 'undefined'
  );
}

function isSuperCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}
