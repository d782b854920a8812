/** Data sets: the catalogue, loading, splits and what panels show of them. */
export { DATASETS, datasetInfo } from './catalogue';
export type { Column, Dataset, DatasetInfo, FieldSpec, Fields } from './types';
