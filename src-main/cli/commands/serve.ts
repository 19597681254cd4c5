import { parsePort } from '../../web/serve.ts';
import type { Command } from '../command.ts';
import { jsonLine } from '../terminal/output.ts';

export const serve: Command = {
  name: 'serve',
  usage: '[--port N] [--no-open]',
  summary: 'opens the app in the browser',
  options: {
    port: { type: 'text', value: 'N', help: 'the port to listen on; a free one by default' },
    'no-open': { type: 'flag', help: 'only print the address' },
  },
  words: [0, 0],
  run: async (args, context) => {
    const json = args.flag('json');
    const announce = (address: string) => {
      context.output.write(json ? jsonLine({ address }) : `Unroll is at ${address}\n`);
    };
    const say = (line: string) => {
      context.errors.write(`${line}\n`);
    };
    await context.serve({ port: parsePort(args.text('port') ?? undefined), open: !args.flag('no-open') }, { announce, say });
    return 0;
  },
};
