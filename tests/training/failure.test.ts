import { expect, it } from 'vitest';
import { CompileError } from '@/compiler';
import { DatasetError } from '@/datasets';
import { failureOf, notANumber } from '@/training/failure';

const CASES: [error: unknown, code: string][] = [
  [notANumber(7), 'not-a-number'],
  [new DatasetError('missing', 'gone'), 'data'],
  [new CompileError('conv: no'), 'network'],
  [new RangeError('Array buffer allocation failed'), 'memory'],
  [new WebAssembly.RuntimeError('Aborted(). Build with -sASSERTIONS for more info.'), 'memory'],
  [new WebAssembly.RuntimeError('memory access out of bounds'), 'memory'],
  [new Error('Requested texture size [32768x32768] greater than WebGL maximum on this browser / GPU'), 'memory'],
  [new Error('The GPU was lost. '), 'backend'],
  [new Error('webgl is not available on this machine.'), 'backend'],
  [new Error('There is nothing to train: no layer has weights that are not frozen.'), 'network'],
  ['a word', 'network'],
];

it.each(CASES)('%s is told as %s, with a next step', (error, code) => {
  const failure = failureOf(error);
  expect(failure.code).toBe(code);
  expect(failure.message).not.toBe('');
  expect(failure.next).toMatch(/^[A-Z].*\.$/);
});
