/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { marginClasses } from './margins';
import { partClasses } from './parts';
import { resizeClasses } from './resize';

export const shapeClasses: readonly LayerClass[] = [...marginClasses, ...resizeClasses, ...partClasses];
