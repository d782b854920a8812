import type { Json } from '@/document';
import { defineLayer, type KerasCall, type Refusal, type Tensor, tensorPlaces } from '../declaration';
import { BATCH, type Dim, isKnown, symbol } from '../dimension';
import { json, optionalShape, type ShapeParam, text } from '../params';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any text: names of other people's classes. */
const anyText = (label: string, help: string) =>
  text({ label, help, default: '', pattern: /^.*$/s, form: 'a text', advanced: true });

const outputShape = (label: string, help: string) => optionalShape({ label, help, empty: 'not known', default: null });

const shapes = outputShape('', '');

/** The shapes of what comes out besides the first, each null where it is not known. */
const furtherShapes = (further: Json): (ShapeParam | null)[] =>
  (Array.isArray(further) ? further : []).map((shape) => {
    const read = shapes.read(shape);
    return 'value' in read ? read.value : null;
  });

/** Most layers leave the number of steps or the size of an image as it is, so what is unknown is taken for the input's. */
const tensorOf = (shape: ShapeParam, like: readonly Dim[]): Tensor => ({
  shape: [
    BATCH,
    ...shape.map((size, axis) => {
      const given = like.length === shape.length + 1 ? like[axis + 1] : undefined;
      return size ?? (given !== undefined && !isKnown(given) ? given : symbol(`D_${axis + 1}`));
    }),
  ],
  dtype: 'float32',
});

/** A layer of another tool that is not known here: kept with all it said, so that nothing is lost on the way through. */
export const placeholder = defineLayer({
  type: 'placeholder',
  title: 'Placeholder',
  family: 'core',
  importedOnly: true,
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
    outputShape: outputShape('Output shape', 'What comes out, without the batch. Empty: not known.'),
    further: json({
      label: 'Further outputs',
      help: 'The shapes of what comes out besides, without the batch.',
      default: [],
      advanced: true,
    }),
    config: json({ label: 'Settings', help: 'As the file has them.', default: {}, advanced: true }),
    call: json({
      label: 'Call',
      help: 'How it is called, where not with its tensors alone.',
      default: null,
      advanced: true,
    }),
    module: anyText('Module', 'Where the class is found.'),
    registeredName: anyText('Registered name', 'Under which Keras looks the class up.'),
    reason: anyText('Reason', 'Why the layer is not known here.'),
  },
  inputs: { in: { title: 'Tensors', many: true, optional: true } },
  outputs: ({ further }) =>
    Object.fromEntries(furtherShapes(further).map((_, at) => [`out${at + 2}`, { title: `Output ${at + 2}` }])),
  digest: ({ className }) => (className === '' ? [] : [className]),
  infer({ params: { className, outputShape: shape, further, reason }, inputs: { in: tensors } }) {
    const unknown: Refusal = {
      message: `Unknown layer${className === '' ? '' : ` “${className}”`}. ${reason}`.trim(),
      why: 'Its weights cannot be counted, so the totals would be wrong. It is kept as it is and written back to Keras.',
      param: 'className',
      repairs: [{ title: 'Remove it', kind: 'remove' }],
    };
    if (shape === null) {
      return { refusal: { ...unknown, message: `${unknown.message} The shape of its output is not known either.` } };
    }
    const like = tensors[0]?.shape ?? [];
    const others = furtherShapes(further).flatMap((other, at) =>
      other === null ? [] : [[`out${at + 2}`, tensorOf(other, like)] as const],
    );
    return { output: tensorOf(shape, like), further: Object.fromEntries(others), errors: [unknown] };
  },
  keras: {
    className: 'Placeholder',
    write: ({ params: { className, config, call, module, registeredName }, inputs }) => ({
      className,
      config: isObject(config) ? config : {},
      foreign: { module: module || null, registeredName: registeredName || null },
      call: callFrom(call, inputs.length) ?? { args: inputs.map((_, at) => ({ $tensor: at })), kwargs: {} },
    }),
  },
});

/** The call as it came, while it still has as many tensors. */
function callFrom(call: Json, tensors: number): KerasCall | null {
  if (!isObject(call) || tensorPlaces(call).length !== tensors) return null;
  return { args: Array.isArray(call.args) ? call.args : [], kwargs: isObject(call.kwargs) ? call.kwargs : {} };
}
