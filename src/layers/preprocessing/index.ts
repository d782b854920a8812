/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { categoryEncoding } from './categoryEncoding';
import { centerCrop } from './centerCrop';
import { normalization } from './normalization';
import { randomBrightness } from './randomBrightness';
import { randomContrast } from './randomContrast';
import { randomCrop } from './randomCrop';
import { randomFlip } from './randomFlip';
import { randomRotation } from './randomRotation';
import { randomTranslation } from './randomTranslation';
import { randomZoom } from './randomZoom';
import { rescaling } from './rescaling';

export const preprocessingLayers: readonly LayerDeclaration[] = [
  rescaling,
  normalization,
  categoryEncoding,
  centerCrop,
  randomCrop,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
  randomContrast,
  randomBrightness,
];
