import type { ExportFormat } from './export-formats.ts';
import type { DataSignature } from './signature.ts';

/** One or two sentences for whoever has just exported: how the model is asked there; null where the file says all by itself. */
export function exportUse(format: ExportFormat, { input, output }: DataSignature): string | null {
  switch (format) {
    case 'onnx': {
      const answers = output.kind === 'classes' ? 'probabilities' : 'numbers, in the unit of the data';
      if (input.kind === 'vector') return `It reads x (float32, [rows, ${input.width}], in the unit of the data) and gives ${answers}.`;
      const reads = input.kind === 'tokens' ? 'ids (int64, [rows, steps])' : `x (float32, [rows, steps, ${input.width}], in the unit of the data)`;
      const vocabulary = input.kind === 'tokens' ? ' The ids are places in unroll.vocabulary, in its metadata.' : '';
      return `It reads ${reads} and lengths (int64, [rows]), and gives ${answers}.${vocabulary}`;
    }
    case 'pytorch':
      return 'Its predict.py answers inputs of your own; README.md shows one.';
    case 'runtime':
      return 'unroll-runtime.md shows how it is run in a page, in Node and with numpy.';
    case 'json':
    case 'keras':
    case 'safetensors':
      return null;
  }
}
