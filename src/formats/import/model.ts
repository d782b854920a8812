/** A Keras model as any of its files describe it, in one form: layers, their calls, and what goes in and out. */
import type { Json } from '@/document';
import type { KerasCall } from '@/layers';

export type JsonObject = { readonly [key: string]: Json };

/** Output `tensor` of call `call` of `layer`. */
export interface Reference {
  layer: string;
  call: number;
  tensor: number;
}

/** The arguments of a call, each tensor as `{ "$tensor": 1 }`: its place in `tensors`. */
export interface Call extends KerasCall {
  tensors: Reference[];
}

export interface ImportedLayer {
  name: string;
  className: string;
  module: string | null;
  registeredName: string | null;
  config: JsonObject;
  calls: Call[];
  /** The shape, or shapes, of what it was first called with, where the file says. */
  builtFor: Json[] | null;
  /** The same layer as another of the file that has this mark: older files may list one twice. */
  sharedAs: string | null;
  /** A model within the model. */
  inner: ImportedModel | null;
}

/** What goes into or comes out of a model, in order; `name` where the model takes or gives them by name. */
export interface Port {
  name: string | null;
  reference: Reference;
}

export interface ImportedModel {
  name: string;
  layers: ImportedLayer[];
  inputs: Port[];
  outputs: Port[];
  /** The whole model is frozen. */
  frozen: boolean;
  /** Shapes that the file records of tensors, by `referenceKey`, with the batch first. */
  shapes: ReadonlyMap<string, Json[]>;
}

/** Which tool's habits a file has. */
export type Dialect = 'keras' | 'tfjs';

export interface Origin {
  dialect: Dialect;
  /** Its hard sigmoid is that of Keras 1 and 2, which Keras 3 has no more. */
  oldHardSigmoid: boolean;
}

export const referenceKey = ({ layer, call, tensor }: Reference): string => JSON.stringify([layer, call, tensor]);

/** Why a file cannot be opened, in words, with the layer where there is one. */
export class ImportError extends Error {
  override name = 'ImportError';
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
