/** Layers that keep the shape, and the mask, of what they are given. */
import type { Shape } from '@tensorflow/tfjs-layers';
import { OwnLayer, onlyShape } from './base';

export abstract class SameShape extends OwnLayer {
  override supportsMasking = true;

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    return onlyShape(shapes);
  }
}
