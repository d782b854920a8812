import type { Json } from '@/document';
import { defineLayer, type Refusal } from '../declaration';
import { BATCH, symbol } from '../dimension';
import { json, optionalShape, text } from '../params';

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any text: names of other people's classes. */
const anyText = (label: string, help: string) => text({ label, help, default: '', pattern: /^[^]*$/, form: 'a text' });

/** A layer of another tool that is not known here: kept with all it said, so that nothing is lost on the way through. */
export const placeholder = defineLayer({
  type: 'placeholder',
  title: 'Placeholder',
  family: 'core',
  summary: 'Stands for a layer that is not known here, and keeps what it said.',
  keywords: ['custom', 'unknown', 'lambda', 'imported'],
  docs: {
    text: 'An imported model may hold layers that only its author’s code knows. Such a layer is kept under its name with all its settings, and goes back into a Keras export as it came. Its weights cannot be counted and it cannot be trained here; give its output shape, and the layers after it are inferred.',
    source: {
      title: 'Keras: custom layers',
      url: 'https://keras.io/guides/making_new_layers_and_models_via_subclassing/',
    },
  },
  params: {
    className: anyText('Class', 'What the layer is called where it comes from.'),
    outputShape: optionalShape({
      label: 'Output shape',
      help: 'What comes out, without the batch. Empty: not known.',
      default: null,
    }),
    config: json({ label: 'Settings', help: 'As the file has them.', default: {}, advanced: true }),
    module: anyText('Module', 'Where the class is found.'),
    registeredName: anyText('Registered name', 'Under which Keras looks the class up.'),
    reason: anyText('Reason', 'Why the layer is not known here.'),
  },
  inputs: { in: { title: 'Tensors', many: true } },
  digest: ({ className }) => (className === '' ? [] : [className]),
  infer({ params: { className, outputShape, reason } }) {
    const unknown: Refusal = {
      message:
        `${className === '' ? 'This layer' : `The layer class “${className}”`} is not known here. ${reason}`.trim(),
      why: 'Its weights cannot be counted, so the totals would be wrong. It is kept as it is and written back to Keras.',
      param: 'className',
      repairs: [{ title: 'Remove it', kind: 'remove' }],
    };
    if (outputShape === null) return { refusal: unknown };
    const shape = outputShape.map((size, axis) => size ?? symbol(`D_${axis + 1}`));
    return { output: { shape: [BATCH, ...shape], dtype: 'float32' }, errors: [unknown] };
  },
  keras: {
    className: 'Placeholder',
    write: ({ params: { className, config, module, registeredName }, inputs }) => ({
      className,
      config: isObject(config) ? config : {},
      foreign: { module: module || null, registeredName: registeredName || null },
      call: inputs.length > 1 ? 'list' : 'arguments',
    }),
  },
});
