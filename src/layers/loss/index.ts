/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { categoricalHinge } from './categoricalHinge';
import { cosineSimilarity } from './cosineSimilarity';
import { crossEntropy } from './crossEntropy';
import { hinge } from './hinge';
import { huber } from './huber';
import { kullbackLeibler } from './kullbackLeibler';
import { logCosh } from './logCosh';
import { meanAbsoluteError } from './meanAbsoluteError';
import { meanAbsolutePercentageError } from './meanAbsolutePercentageError';
import { meanSquaredError } from './meanSquaredError';
import { meanSquaredLogarithmicError } from './meanSquaredLogarithmicError';
import { poisson } from './poisson';
import { squaredHinge } from './squaredHinge';

export const lossLayers: readonly LayerDeclaration[] = [
  crossEntropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  logCosh,
  poisson,
  kullbackLeibler,
  cosineSimilarity,
  hinge,
  squaredHinge,
  categoricalHinge,
];
