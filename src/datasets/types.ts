/** What a data set is to the rest of the program: named fields over a number of samples. */

/** What the numbers of a text stand for. 0 is padding, which fills a text up to the length of its field. */
export interface Vocabulary {
  unit: 'word' | 'character' | 'sound';
  /** How many numbers there are, padding included. */
  size: number;
  /** What each stands for, where they are few; a longer list comes with the data. */
  entries?: readonly string[];
}

/** One field of a data set. Shapes are without the batch; a class label has shape `[]`, one a step `[steps]`. */
export interface FieldSpec {
  /**
   * `image` is [height, width, channels] in 0..1; `class` is an index into `classes`; `tokens` is a text, [steps], as
   * numbers of its vocabulary; `number` is any real tensor.
   */
  kind: 'image' | 'class' | 'number' | 'tokens';
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  /** For kind `class`: the names of the classes, in order. Of a class a step, the first is padding. */
  classes?: readonly string[];
  /** For kind `tokens`. */
  vocabulary?: Vocabulary;
  /** Some samples are shorter and filled up with padding, which is to count for nothing. */
  padded?: boolean;
  /**
   * Not in the file, but made of another field as that is loaded. `next`: at each step what follows it, in a text that
   * runs on from sample to sample. `before`: at each step what stands before it, a mark for the start at the first.
   */
  made?: { of: string; by: 'next' | 'before' };
}

export type Fields = Readonly<Record<string, FieldSpec>>;

export interface DatasetInfo {
  id: string;
  title: string;
  /** One or two sentences for the data panel. */
  summary: string;
  fields: Fields;
  /** `test` is the data set's own held-out part; 0 where it has none. */
  samples: { train: number; test: number };
  /** Size of the download in bytes (compressed). */
  bytes: number;
  licence: { name: string; url: string };
  source: { title: string; url: string };
}

/** A loaded field: `data` holds samples × product(shape) values; the true value is `data[i] * scale`. */
export interface Column {
  spec: FieldSpec;
  data: Uint8Array | Uint16Array | Float32Array | Int32Array;
  scale: number;
  /** For kind `tokens`: what each number stands for. */
  entries?: readonly string[];
}

/** A loaded data set. Samples `0..train-1` are the training part, the rest the data set's own test part. */
export interface Dataset {
  info: DatasetInfo;
  size: number;
  columns: Readonly<Record<string, Column>>;
}
