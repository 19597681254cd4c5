import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { commentText, PythonNames } from '../../src-engine/exchange/pytorch/python-names.ts';
import { writeModelCode } from '../../src-engine/exchange/pytorch/write-model-code.ts';
import { readGoldens, type Golden } from './golden-file.ts';

const GOLDENS = readGoldens();

function projectOf(golden: Golden): Project {
  const parsed = parseProjectValue(golden.project);
  if (!parsed.ok) throw new Error(golden.name);
  return parsed.project;
}

const codeOf = (golden: Golden): string => writeModelCode(projectOf(golden), golden.signature);

/** Names in the code's table of parameters. */
function tableOf(code: string): string[] {
  return [...code.matchAll(/^ {4}"([^"]+)": \("/gmu)].map(([, name]) => name!);
}

it.each(GOLDENS)('$name: the code has a place for every parameter and nothing else', (golden) => {
  expect(tableOf(codeOf(golden)).sort()).toEqual(Object.keys(golden.parameters).sort());
});

/** A Python that has PyTorch, or one that at least can read Python. */
const pythons = ['python3', '/usr/bin/python3'];
const withTorch = pythons.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);

const READ_ONLY = `
import ast, json, sys
print(json.dumps({job["name"]: 0 if ast.parse(job["code"]) else 1 for job in json.load(sys.stdin)}))
`;

it(`the code ${withTorch === undefined ? 'is Python (there is no PyTorch here to run it)' : 'gives the golden outputs in PyTorch, in float64'}`, () => {
  const script = join(import.meta.dirname, 'run_pytorch_models.py');
  const jobs = GOLDENS.map((golden) => ({ name: golden.name, code: codeOf(golden), golden: join(import.meta.dirname, `${golden.name}.json`) }));
  const input = JSON.stringify(jobs);
  const ran = spawnSync(withTorch ?? 'python3', withTorch === undefined ? ['-c', READ_ONLY] : [script], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(ran.stderr).toBe('');
  const differences = JSON.parse(ran.stdout) as Record<string, number>;
  expect(Object.keys(differences)).toHaveLength(GOLDENS.length);
  expect(Object.entries(differences).filter(([, difference]) => difference > 1e-8)).toEqual([]);
}, 60_000);

describe('names in Python', () => {
  it('are identifiers, none twice, none that Python or a module has already', () => {
    const names = new PythonNames();
    const keys = ['class', 'forward', '1st', 'é', 'a b', 'a_b', 'gru1[0].forward', 'gru1', 'self', '...'];
    const given = keys.map((key) => names.name(key));
    expect(new Set(given).size).toBe(keys.length);
    for (const name of given) expect(name).toMatch(/^[A-Za-z]\w*$/u);
    expect(given).not.toContain('class');
    expect(names.name('class')).toBe(given[0]);
  });

  it("a project's name cannot end the docstring it stands in", () => {
    expect(commentText('x"""\nimport os\u2028')).not.toMatch(/"|\n|\u2028/u);
    expect(commentText('ends in a backslash \\')).not.toContain('\\');
  });
});
