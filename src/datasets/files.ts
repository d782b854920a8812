/** Where a data set's file lies, relative to the folder of data sets. */
import type { DatasetInfo } from './types';

/** Not `.gz`: some servers announce such a file as encoded, and browsers then unpack it unasked. */
export const dataFile = (info: DatasetInfo): string => `${info.id}/samples.z`;
