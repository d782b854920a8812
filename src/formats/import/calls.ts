/** How a layer is called: Keras 3 writes arguments as they are, Keras 2 and TensorFlow.js a list of wires. */
import type { Json } from '@/document';
import { type Call, ImportError, isObject, type Reference, referenceKey } from './model';

export interface CallContext {
  /** The layer that is called, for words. */
  name: string;
  /** All layers of the model: what a keyword argument of Keras 2 must begin with to be a tensor. */
  layers: ReadonlySet<string>;
  /** Takes the shapes that are recorded on the way. */
  shapes: Map<string, Json[]>;
}

/** Where older files put a constant instead of a tensor: `["_CONSTANT_VALUE", -1, 2.5]`. */
const CONSTANT = '_CONSTANT_VALUE';

export function callsFrom(nodes: Json | undefined, context: CallContext): Call[] {
  if (nodes === undefined || nodes === null) return [];
  if (!Array.isArray(nodes)) throw new ImportError(`The wires into “${context.name}” cannot be read.`);
  return nodes.map((node) => {
    const reading = new Reading(context);
    return isObject(node) && Array.isArray(node.args) ? reading.keras3(node.args, node.kwargs) : reading.keras2(node);
  });
}

class Reading {
  private readonly tensors: Reference[] = [];

  constructor(private readonly context: CallContext) {}

  keras3(args: Json[], kwargs: Json | undefined): Call {
    return {
      args: args.map((arg) => this.marked(arg)),
      kwargs: this.byKeyword(kwargs, (value) => this.marked(value)),
      tensors: this.tensors,
    };
  }

  /** `[[name, call, tensor, kwargs], …]`, one such alone, or several by name. */
  keras2(node: Json): Call {
    const kwargs = new Map<string, Json>();
    const wires = isObject(node) ? Object.entries(node) : isWire(node) ? [['', node] as const] : null;
    const list = wires ?? (Array.isArray(node) ? node.map((wire) => ['', wire] as const) : null);
    if (!list) throw new ImportError(`The wires into “${this.context.name}” cannot be read.`);
    const given = list.map(([name, wire]) => [name, this.wire(wire, kwargs)] as const);
    const byName = isObject(node);
    const [only] = given;
    return {
      args: byName
        ? [Object.fromEntries(given)]
        : given.length === 1 && only
          ? [only[1]]
          : [given.map(([, arg]) => arg)],
      kwargs: this.byKeyword(Object.fromEntries(kwargs), (value) => this.marked2(value)),
      tensors: this.tensors,
    };
  }

  private byKeyword(kwargs: Json | undefined, read: (value: Json) => Json): Record<string, Json> {
    return isObject(kwargs)
      ? Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, read(value)]))
      : {};
  }

  private wire(wire: Json, kwargs: Map<string, Json>): Json {
    const [name, , value, given] = Array.isArray(wire) ? wire : [];
    if (isObject(given)) for (const [keyword, argument] of Object.entries(given)) kwargs.set(keyword, argument);
    return name === CONSTANT ? (value ?? null) : this.mark(wire);
  }

  private mark(value: Json | undefined, shape?: Json): Json {
    const [layer, call, tensor] = Array.isArray(value) ? value : [];
    if (typeof layer !== 'string' || !isIndex(call) || !isIndex(tensor)) {
      throw new ImportError(`A wire into “${this.context.name}” does not say where it comes from.`);
    }
    const reference = { layer, call, tensor };
    if (Array.isArray(shape)) this.context.shapes.set(referenceKey(reference), shape);
    this.tensors.push(reference);
    return { $tensor: this.tensors.length - 1 };
  }

  /** An argument of Keras 3 with its tensors, anywhere within it, as marks. */
  private marked(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.marked(item));
    if (!isObject(value)) return value;
    if (value.class_name === '__keras_tensor__') {
      const config = isObject(value.config) ? value.config : {};
      return this.mark(config.keras_history, config.shape);
    }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.marked(item)]));
  }

  /** An argument of Keras 2: a tensor is what looks like a wire from a layer of the model. */
  private marked2(value: Json): Json {
    if (isWire(value) && this.context.layers.has(String((value as Json[])[0]))) return this.mark(value);
    if (Array.isArray(value)) return value.map((item) => this.marked2(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.marked2(item)]));
  }
}

const isWire = (value: Json): boolean =>
  Array.isArray(value) && value.length >= 3 && typeof value[0] === 'string' && typeof value[1] === 'number';

export const isIndex = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000_000;
