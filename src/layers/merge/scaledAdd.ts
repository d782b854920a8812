import { defineLayer } from '../declaration';
import { formatShape } from '../dimension';
import { real } from '../params';
import { joined } from '../shared/elementwise';

/** Szegedy et al. 2016, section 3.3. Keras has it beside Inception-ResNet, and not among its layers. */
export const scaledAdd = defineLayer({
  type: 'scaledAdd',
  title: 'ScaledAdd',
  family: 'merge',
  summary: 'Adds a scaled-down branch to the shortcut around it.',
  keywords: ['residual scaling', 'custom scale', 'inception-resnet', 'sum', 'skip'],
  docs: {
    text: 'The first tensor plus a fixed share of the second. Inception-ResNet adds its branches so, at 0.1 to 0.3 of what they give: added in full, its widest blocks made training break down. As in Keras, marks of padding end here.',
    formula: 'y = a + s\\, b',
    source: { title: 'Szegedy et al. 2016', url: 'https://arxiv.org/abs/1602.07261' },
  },
  params: {
    scale: real({ label: 'Scale', help: 'What the branch is multiplied by.', symbol: 's', min: -1e9, default: 0.2 }),
  },
  inputs: { a: { title: 'Shortcut' }, b: { title: 'Branch' } },
  digest: ({ scale }) => [`×${scale}`],
  infer({ inputs: { a, b } }) {
    if (a.shape.length !== b.shape.length) {
      const message = `The shortcut is ${formatShape(a.shape)} and the branch ${formatShape(b.shape)}: they have unlike numbers of axes.`;
      return { refusal: { message, port: 'b' } };
    }
    const result = joined(
      [
        [a, { port: 'a', index: 0 }],
        [b, { port: 'b', index: 0 }],
      ],
      'added',
    );
    if ('refusal' in result) return result;
    return { output: { shape: result.output.shape, dtype: 'float32' } };
  },
  names: { pytorch: 'a + s * b', onnx: 'Mul, Add' },
  keras: { className: 'CustomScaleLayer', module: 'keras.src.applications.inception_resnet_v2', call: 'list' },
});
