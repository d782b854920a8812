/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { convLstmClasses } from './convLstm';
import { readerClasses } from './layers';
import { TimeDistributed } from './timeDistributed';
import { tokenClasses } from './tokens';

export const recurrentClasses: readonly LayerClass[] = [
  ...readerClasses,
  ...convLstmClasses,
  ...tokenClasses,
  TimeDistributed,
];
