/** Data sets: the catalogue, loading, splits and what panels show of them. In Node see also `./node`. */
export { DATASETS, datasetInfo } from './catalogue';
export { DatasetError, type DatasetErrorKind } from './errors';
export type { DownloadProgress, ReadData } from './files';
export { type LoadOptions, loadDataset } from './load';
export { classCounts, type Pixels, sampleClass, samplePixels } from './preview';
export { seededRandom, shuffledIndices } from './random';
export { type Split, splitIndices } from './split';
export { type Encoded, encoderFor, joinEntries, padded } from './text/encode';
export { END, entryName, NO_TAG, PADDING, START, UNKNOWN, UNKNOWN_SIGN } from './text/marks';
export { sampleClasses, sampleEntries, valuesOfSample } from './text/sample';
export { type TextTask, textTask } from './text/task';
export type { Column, Dataset, DatasetInfo, FieldSpec, Fields, Vocabulary } from './types';
