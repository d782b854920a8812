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

/** A number that belongs to the formula itself; a plain one may be another at every call. */
export interface Fixed {
  fixed: number;
}

export type Term = number | Fixed | Tensor | Part | Operation;

export const isOperation = (term: Term): term is Operation => typeof term === 'object' && 'terms' in term;
export const isFixed = (term: Term): term is Fixed => typeof term === 'object' && 'fixed' in term;
export const isPart = (term: Term): term is Part => typeof term === 'object' && 'of' in term;

const operation =
  <Terms extends Term[]>(name: OperationName) =>
  (...terms: Terms): Operation => ({ name, terms });

type One = [a: Term];
type Two = [a: Term, b: Term];

export const add = operation<Two>('add');
export const sub = operation<Two>('sub');
export const mul = operation<Two>('mul');
export const div = operation<Two>('div');
export const maximum = operation<Two>('maximum');
export const minimum = operation<Two>('minimum');
/** 1 where a > b, else 0. */
export const above = operation<Two>('above');
export const abs = operation<One>('abs');
export const sign = operation<One>('sign');
export const square = operation<One>('square');
export const sqrt = operation<One>('sqrt');
export const exp = operation<One>('exp');

export const part = (of: Tensor, at = 0, place: number | null = null): Part => ({ of, at, place });

export const fixed = (value: number): Fixed => ({ fixed: value });
