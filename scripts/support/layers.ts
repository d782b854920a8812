import { FAMILIES, LAYERS, type LayerDeclaration } from '@/layers';

export const LAYERS_PATH = 'docs/layers.md';

const HEAD = `# Layers

Written by \`npm run layers\` from the declarations in \`src/layers\`; a test holds it to them.

Shapes and counts follow Keras 3. A class marked ◆ is this product's own: Keras has none, and an exported
model needs its definition. Multiply-adds are those of matrix products and convolutions; one is two floating-point
operations.
`;

/** A cell of a Markdown table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const classes = ({ keras }: LayerDeclaration): string => {
  if (!keras) return '';
  return [keras.className, ...(keras.also ?? [])].map((name) => `\`${name}\``).join(', ') + (keras.custom ? ' ◆' : '');
};

const row = (layer: LayerDeclaration): string => {
  const { docs, names = {} } = layer;
  const cells = [
    `**${layer.title}** \`${layer.type}\``,
    layer.summary,
    docs.formula === undefined ? '' : `$${docs.formula}$`,
    classes(layer),
    names.pytorch === undefined ? '' : `\`${names.pytorch}\``,
    names.onnx === undefined ? '' : `\`${names.onnx}\``,
    `[${docs.source.title}](${docs.source.url})`,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

/** Every layer: its formula, its names elsewhere and its source, family by family. */
export function layersText(): string {
  const families = FAMILIES.map(({ id, title }) => {
    const rows = LAYERS.filter(({ family }) => family === id).map(row);
    return [
      `\n## ${title}\n`,
      '| layer | what it does | formula | Keras | PyTorch | ONNX | source |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return HEAD + families.join('');
}
