/** Data sets: the catalogue, loading, splits and what panels show of them. In Node see also `./node`. */
export { DATASETS, datasetInfo } from './catalogue';
export { DatasetError, type DatasetErrorKind } from './errors';
export type { DownloadProgress, ReadData } from './files';
export { type LoadOptions, loadDataset } from './load';
export { classCounts, type Pixels, sampleClass, samplePixels } from './preview';
export { seededRandom, shuffledIndices } from './random';
export { type Split, splitIndices } from './split';
export type { Column, Dataset, DatasetInfo, FieldSpec, Fields } from './types';
