/** The ways out of the app for a trained model, in the order in which they are offered. */
export const EXPORT_FORMATS = [
  {
    id: 'json',
    title: 'JSON',
    purpose: 'Unroll itself, and scripts that read numbers: the project, the weights and the history in one file.',
    ending: '.model.json',
  },
  { id: 'onnx', title: 'ONNX', purpose: 'Every ONNX runtime: phones, browsers, servers, C++, C#, Java. Answers only, no training.', ending: '.onnx' },
  {
    id: 'pytorch',
    title: 'PyTorch project',
    purpose: 'Training on in Python, on one machine or many: model, data and training as readable code.',
    ending: '.zip',
  },
  { id: 'safetensors', title: 'safetensors', purpose: 'The weights alone, by their names, for programs that have the model already.', ending: '.safetensors' },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly purpose: string; readonly ending: string }[];

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['id'];
