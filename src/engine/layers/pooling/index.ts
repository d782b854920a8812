/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { adaptiveClasses } from './adaptive';
import { globalClasses } from './whole';
import { windowClasses } from './window';

export const poolingClasses: readonly LayerClass[] = [...windowClasses, ...globalClasses, ...adaptiveClasses];
