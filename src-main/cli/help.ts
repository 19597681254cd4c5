import { COMMON_OPTIONS } from './arguments.ts';
import type { Command } from './command.ts';
import { tableText } from './terminal/output.ts';

const WAY = `From your own data to a model that runs elsewhere:

  unroll new --from-data sales.csv -o sales.unroll
  unroll train sales.unroll --out sales.model.json
  unroll predict sales.model.json --input new.csv
  unroll export sales.model.json --to onnx -o sales.onnx
`;

export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map((command) => [`  ${command.name}`, command.summary]);
  return `unroll COMMAND: build, train and look into recurrent models\n\n${tableText(rows)}\n${WAY}\nunroll COMMAND --help shows its options.\n`;
}

export function commandHelp(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, spec]) => {
    const short = spec.short === undefined ? '' : `-${spec.short}, `;
    return [`  ${short}--${name}${spec.type === 'text' ? ` ${spec.value ?? 'VALUE'}` : ''}`, spec.help];
  });
  return `unroll ${`${command.name} ${command.usage}`.trim()}\n${command.summary}\n\n${tableText(rows)}`;
}
