/** A Keras model as any of its files describe it, in one form: layers, their calls, and what goes in and out. */
import type { Json } from '@/document';

export type JsonObject = { readonly [key: string]: Json };

/** Output `tensor` of call `call` of `layer`. */
export interface Reference {
  layer: string;
  call: number;
  tensor: number;
}

/** A tensor handed to a call: by its place among the arguments, or by keyword. */
export interface Argument {
  from: Reference;
  keyword: string | null;
}

export interface Call {
  arguments: Argument[];
  /** Keyword arguments that are no tensors. */
  options: Record<string, Json>;
}

export interface ImportedLayer {
  name: string;
  className: string;
  module: string | null;
  registeredName: string | null;
  config: JsonObject;
  calls: Call[];
  /** A model within the model. */
  inner: ImportedModel | null;
}

export interface ImportedModel {
  name: string;
  layers: ImportedLayer[];
  inputs: Reference[];
  outputs: Reference[];
  /** Shapes that the file records of tensors, by `layer/call/tensor`, with the batch first. */
  shapes: ReadonlyMap<string, readonly (number | null)[]>;
}

export const referenceKey = ({ layer, call, tensor }: Reference): string => JSON.stringify([layer, call, tensor]);

/** Why a file cannot be opened, in words, with the layer where there is one. */
export class ImportError extends Error {
  override name = 'ImportError';
}
