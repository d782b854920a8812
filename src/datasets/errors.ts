/** Why a data set could not be loaded: a kind to act on and a sentence to show. */

/**
 * `unknown`: no such data set. `unreachable`: no answer, as when offline. `missing`: the server has no such
 * file. `damaged`: the file is incomplete or not what it should be.
 */
export type DatasetErrorKind = 'unknown' | 'unreachable' | 'missing' | 'damaged';

export class DatasetError extends Error {
  override readonly name = 'DatasetError';

  constructor(
    readonly kind: DatasetErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
