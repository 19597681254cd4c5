/** The ways out of the app for a trained model, in the order in which they are offered. */
export const EXPORT_FORMATS = [
  {
    id: 'json',
    title: 'JSON',
    purpose: 'Unroll itself, and scripts that read numbers: the project, the weights and the history in one file. Opens again as a document.',
    ending: '.model.json',
  },
  {
    id: 'runtime',
    title: 'Web page or Node',
    purpose: 'The model as JSON with unroll-runtime, one small module that runs it in any JavaScript, and examples; numpy alone does it too.',
    ending: '.zip',
  },
  { id: 'onnx', title: 'ONNX', purpose: 'Every ONNX runtime: phones, browsers, servers, C++, C#, Java. Answers only, no training.', ending: '.onnx' },
  {
    id: 'pytorch',
    title: 'PyTorch project',
    purpose: 'Training on in Python, on one machine or many: model, data and training as readable code.',
    ending: '.zip',
  },
  {
    id: 'keras',
    title: 'Keras 3',
    purpose: 'Keras on TensorFlow, JAX or PyTorch: the model as readable code, and its weights.',
    ending: '.zip',
  },
  { id: 'safetensors', title: 'safetensors', purpose: 'The weights alone, by their names, for programs that have the model already.', ending: '.safetensors' },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly purpose: string; readonly ending: string }[];

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['id'];

/** Formats that are one file; the others are a folder, in the window a zip archive of it. */
export type FileFormat = Extract<(typeof EXPORT_FORMATS)[number], { readonly ending: '.model.json' | '.onnx' | '.safetensors' }>['id'];

export function isFileFormat(format: ExportFormat): format is FileFormat {
  return format === 'json' || format === 'onnx' || format === 'safetensors';
}
