/** The softmax over any axes; stock tfjs has it over the last one only. */
import { div, exp, max, softmax, sub, sum, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { onlyTensor } from '../base';
import { SameShape } from '../sameShape';
import { axesIn } from './reductions';

export class Softmax extends SameShape {
  static className = 'Softmax';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const axes = axesIn(this.settings.axis, x.rank);
      const [axis = 0] = axes;
      if (axes.length > 1) {
        const raised = exp(sub(x, max(x, axes, true)));
        return div(raised, sum(raised, axes, true));
      }
      if (axis === x.rank - 1) return softmax(x);
      const order = [...x.shape.keys()].map((at) => (at === axis ? x.rank - 1 : at === x.rank - 1 ? axis : at));
      return transpose(softmax(transpose(x, order)), order);
    });
  }
}
