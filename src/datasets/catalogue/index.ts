/**
 * The data sets that come with the program: what each holds, where it is from and under which licence.
 * Plain data, known before anything is loaded, so shapes and class names can be checked at once.
 */
import type { DatasetInfo } from '../types';
import { IMAGES } from './images';
import { TEXTS } from './texts';

export const DATASETS: readonly DatasetInfo[] = [...IMAGES, ...TEXTS];

/** The entry of a data set, or `undefined` where the catalogue has none of that id. */
export const datasetInfo = (id: string): DatasetInfo | undefined => DATASETS.find((info) => info.id === id);
