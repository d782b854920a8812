/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { bidirectional } from './bidirectional';
import { convLstm1d, convLstm2d, convLstm3d } from './convLstm';
import { gru } from './gru';
import { lstm } from './lstm';
import { masking } from './masking';
import { simpleRnn } from './simpleRnn';

export const recurrentLayers: readonly LayerDeclaration[] = [
  lstm,
  gru,
  simpleRnn,
  bidirectional,
  convLstm2d,
  convLstm1d,
  convLstm3d,
  masking,
];
