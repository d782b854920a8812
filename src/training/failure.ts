/** What went wrong, in words, with a next step. */
import { CompileError } from '@/compiler';
import { DatasetError } from '@/datasets';
import type { FailureCode, RunEvent } from './protocol';

type Failure = Extract<RunEvent, { type: 'failure' }>;

/** Ends a run with words of its own. */
export class RunError extends Error {
  override name = 'RunError';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly next: string,
  ) {
    super(message);
  }
}

export const notANumber = (step: number): RunError =>
  new RunError(
    'not-a-number',
    `At step ${step} the loss stopped being a number: the weights have grown without bound.`,
    'Lower the learning rate, for instance to a tenth, and train again.',
  );

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RunError) return { type: 'failure', code: error.code, message, next: error.next };
  if (error instanceof DatasetError) {
    return {
      type: 'failure',
      code: 'data',
      message,
      next: 'Check the connection and train again, or choose another data set.',
    };
  }
  if (error instanceof CompileError) {
    return { type: 'failure', code: 'network', message, next: 'Mend the problem on the canvas and train again.' };
  }
  if (/memory|alloc|array buffer|out of bounds|aborted\(|texture size/i.test(message)) {
    return {
      type: 'failure',
      code: 'memory',
      message: `There is not enough memory for this network and batch size (${message}).`,
      next: 'Make the batch size smaller, or the network, and train again.',
    };
  }
  if (/gpu|webgl|context|shader|device|backend|not available/i.test(message)) {
    return { type: 'failure', code: 'backend', message, next: 'Choose WebAssembly as the backend and train again.' };
  }
  return { type: 'failure', code: 'network', message, next: 'Change the network or its settings and train again.' };
}
