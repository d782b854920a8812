/** Formulas over tensors of one shape, written as calls and computed later: on a graphics card all of one at once. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OperationName } from './operations';

/** Columns at … at + W of a matrix [N, …], where W is the width of what is computed; of a stack of such, in one place. */
export interface Part {
  /** [N, …], or [T, N, …] with a place */
  of: Tensor;
  at: number;
  place: number | null;
}

/** One operation on others. Whoever uses it twice computes it once. */
export interface Operation {
  name: OperationName;
  terms: readonly Term[];
}

export type Term = number | Tensor | Part | Operation;

export const isOperation = (term: Term): term is Operation => typeof term === 'object' && 'terms' in term;
export const isPart = (term: Term): term is Part => typeof term === 'object' && 'of' in term;

const operation =
  (name: OperationName) =>
  (...terms: Term[]): Operation => ({ name, terms });

const binary =
  (name: OperationName) =>
  (a: Term, b: Term): Operation =>
    operation(name)(a, b);
const unary =
  (name: OperationName) =>
  (a: Term): Operation =>
    operation(name)(a);

export const add = binary('add');
export const sub = binary('sub');
export const mul = binary('mul');
export const div = binary('div');
export const maximum = binary('maximum');
export const minimum = binary('minimum');
/** 1 where a > b, else 0. */
export const above = binary('above');
export const abs = unary('abs');
export const sign = unary('sign');
export const square = unary('square');
export const sqrt = unary('sqrt');
export const exp = unary('exp');

export const part = (of: Tensor, at = 0, place: number | null = null): Part => ({ of, at, place });
