/** What a data set is to the rest of the program: named fields over a number of samples. */

/** One field of a data set. Shapes are without the batch; a class label has shape `[]`. */
export interface FieldSpec {
  /** `image` is [height, width, channels] in 0..1; `class` is an index into `classes`; `number` is any real tensor. */
  kind: 'image' | 'class' | 'number';
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  /** For kind `class`: the names of the classes, in order. */
  classes?: readonly string[];
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
  data: Uint8Array | Float32Array | Int32Array;
  scale: number;
}

/** A loaded data set. Samples `0..train-1` are the training part, the rest the data set's own test part. */
export interface Dataset {
  info: DatasetInfo;
  size: number;
  columns: Readonly<Record<string, Column>>;
}
