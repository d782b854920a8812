/** Zero padding and cropping over one, two or three axes. */
import { pad, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { LayerClass } from '../base';
import { Spatial } from '../spatial';

type Margin = readonly [before: number, after: number];

/** Keras writes a number for all sides, or before and after; for one axis without the list around it. */
function marginsFrom(setting: unknown, axes: number): Margin[] {
  if (typeof setting === 'number') return Array.from({ length: axes }, () => [setting, setting]);
  const list = Array.isArray(setting) ? (setting as (number | number[])[]) : [];
  if (axes === 1 && typeof list[0] === 'number') return [[list[0], Number(list[1])]];
  return list.map((side) => (typeof side === 'number' ? [side, side] : [side[0] ?? 0, side[1] ?? 0]));
}

function paddingClass(axes: number): LayerClass {
  return class extends Spatial {
    static className = `ZeroPadding${axes}D`;
    private readonly margins = marginsFrom(this.settings.padding, axes);

    protected override compute(x: Tensor): Tensor {
      return pad(x, [[0, 0], ...this.margins.map(([a, b]): [number, number] => [a, b]), [0, 0]]);
    }

    protected override after(spatial: readonly (number | null)[]): (number | null)[] {
      return spatial.map((size, axis) => {
        const [before, after] = this.margins[axis] ?? [0, 0];
        return size === null ? null : size + before + after;
      });
    }
  };
}

function croppingClass(axes: number): LayerClass {
  return class extends Spatial {
    static className = `Cropping${axes}D`;
    private readonly margins = marginsFrom(this.settings.cropping, axes);

    protected override compute(x: Tensor): Tensor {
      const [batch = 1, ...rest] = x.shape;
      const spatial = this.after(rest.slice(0, -1)) as number[];
      return slice(x, [0, ...this.margins.map(([before]) => before), 0], [batch, ...spatial, rest.at(-1) ?? 1]);
    }

    protected override after(spatial: readonly (number | null)[]): (number | null)[] {
      return spatial.map((size, axis) => {
        const [before, after] = this.margins[axis] ?? [0, 0];
        return size === null ? null : size - before - after;
      });
    }
  };
}

export const marginClasses: readonly LayerClass[] = [1, 2, 3].flatMap((axes) => [
  paddingClass(axes),
  croppingClass(axes),
]);
