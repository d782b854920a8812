/** A block as a layer among layers: the declaration that its instances have, made from its definition. */
import {
  type Block,
  blockIdOf,
  blockType,
  type Json,
  type NetworkDocument,
  portsOfBlock,
  titleOfBlock,
} from '@/document';
import type { LayerDeclaration, Port } from '../declaration';
import type { ParamEditor, ParamSpec } from '../params';

const made = new WeakMap<Block, LayerDeclaration>();

/** The declaration of a block's instances. Ports and parameters are the definition's own. */
function blockLayer(id: string, block: Block): LayerDeclaration {
  let layer = made.get(block);
  if (!layer) {
    layer = declare(id, block);
    made.set(block, layer);
  }
  return layer;
}

/** The declaration behind a node type in a document: a layer's, or that of one of its blocks. */
export function blockLayerIn({ blocks }: NetworkDocument, type: string): LayerDeclaration | undefined {
  const id = blockIdOf(type);
  const block = id !== null && blocks && Object.hasOwn(blocks, id) ? blocks[id] : undefined;
  return id !== null && block ? blockLayer(id, block) : undefined;
}

function declare(id: string, block: Block): LayerDeclaration {
  const { inputs, outputs } = portsOfBlock(block);
  const { nodes, edges } = block.graph;
  const port = (name: string): Port => ({
    title: nodes[name]?.name ?? name,
    // Whether several wires make sense is for the layers within to say.
    many: true,
    // A port that nothing within is wired to can be left open.
    ...(edges.every(({ from }) => from[0] !== name) && { optional: true }),
  });
  const entry = (name: string): [string, { title: string }] => [name, { title: nodes[name]?.name ?? name }];
  const title = titleOfBlock(id, block);
  return {
    type: blockType(id),
    title,
    family: 'block',
    role: 'block',
    summary: block.note?.split('\n')[0] ?? 'A block of this network.',
    docs: {
      text: block.note ?? 'A block of this network: open it to see and change what it is made of.',
      source: { title: 'Keras: the functional API', url: 'https://keras.io/guides/functional_api/' },
    },
    params: Object.fromEntries(Object.entries(block.params ?? {}).map(([name, value]) => [name, spec(name, value)])),
    inputs: Object.fromEntries(inputs.map((name) => [name, port(name)])),
    outputs: () => Object.fromEntries(outputs.map(entry)),
    digest: (params) => Object.entries(params).map(([name, value]) => `${name} ${wordFor(value)}`),
    infer: () => ({ refusal: { message: `${title} is more than one layer.` } }),
  };
}

const wordFor = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A parameter takes values of the kind its default is, or a text: an expression over the block around. */
function spec(name: string, fallback: Json): ParamSpec {
  return {
    label: name,
    help: 'A parameter of the block.',
    symbol: name,
    default: fallback,
    editor: editorFor(fallback),
    read: (value) =>
      typeof value === typeof fallback || typeof value === 'string'
        ? { value }
        : {
            error: `${name} must be ${KINDS[typeof fallback] ?? 'another kind of value'}, such as ${JSON.stringify(fallback)}.`,
          },
  };
}

const KINDS: Readonly<Record<string, string>> = { number: 'a number', string: 'a text', boolean: 'true or false' };

const FAR = 1_000_000_000;

function editorFor(value: Json): ParamEditor {
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? { kind: 'integer', min: -FAR, max: FAR }
      : { kind: 'real', min: -FAR, max: FAR, step: 0.1 };
  }
  if (typeof value === 'boolean') return { kind: 'flag' };
  return typeof value === 'string' ? { kind: 'text' } : { kind: 'json' };
}
