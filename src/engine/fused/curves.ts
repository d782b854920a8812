/** Activations whose gradient is one operation: on WebAssembly, some of them on graphics cards, too. */
import { engine, type KernelFunc, registerKernel, type Tensor, util } from '@tensorflow/tfjs-core';
import { compute } from '../formula/compute';
import { type FormulaCurve, formulaCurveOf } from '../formula/curves';
import { mul, type Term } from '../formula/terms';
import { onGraphics } from '../graphics/program';
import { inputOf } from '../kernels/attributes';
import { outputFor } from '../kernels/heap';
import { curves, gelu, geluBack, slopes } from '../native/elements';
import { NATIVE_CURVES, needNative } from '../native/module';
import { canFuse, registerOwn, runOwn } from './own';

type Call = Parameters<KernelFunc>[0];

/** Whether they can be used here and now: gradients of gradients need the parts. */
export const canFuseCurves = (): boolean => canFuse() || (onGraphics() && engine().state.gradientDepth <= 1);

const CURVE = 'OwnCurve';
const SLOPE = 'OwnSlope';
const GELU = 'OwnGelu';
const GELU_SLOPE = 'OwnGeluSlope';

export function registerCurves(): void {
  registerOwn({
    name: CURVE,
    compute: (call) => {
      const x = inputOf(call, 'x');
      const y = outputFor(call, x.shape);
      curves(needNative(), x, y, Number(call.attrs?.curve));
      return y;
    },
    output: true,
    gradient: (dy, [y], { curve }) => ({ x: () => slopeOf(dy, y as Tensor, Number(curve)) }),
  });
  registerOwn({
    name: SLOPE,
    compute: (call) => {
      const [dy, y] = [inputOf(call, 'dy'), inputOf(call, 'y')];
      const dx = outputFor(call, y.shape);
      slopes(needNative(), dy, y, dx, Number(call.attrs?.curve));
      return dx;
    },
  });
  for (const backendName of ['webgl', 'webgpu']) {
    const register = (kernelName: string, formula: (call: Call, curve: FormulaCurve) => Term): void =>
      registerKernel({
        ...{ kernelName, backendName },
        kernelFunc: (call) => {
          const curve = formulaCurveOf(NATIVE_CURVES[Number(call.attrs?.curve)]);
          if (!curve) throw new Error('an activation has no formula');
          return compute(formula(call, curve), Object.values(call.inputs)[0]?.shape ?? []);
        },
      });
    register(CURVE, (call, curve) => curve.of(inputOf(call, 'x')));
    register(SLOPE, (call, curve) => mul(inputOf(call, 'dy'), curve.slope(inputOf(call, 'y'))));
  }
  registerOwn({
    name: GELU,
    compute: (call) => {
      const x = inputOf(call, 'x');
      const y = outputFor(call, x.shape);
      gelu(needNative(), x, y);
      return y;
    },
    inputs: ['x'],
    gradient: (dy, [x]) => ({ x: () => runOwn(GELU_SLOPE, { dy, x: x as Tensor }) }),
  });
  registerOwn({
    name: GELU_SLOPE,
    compute: (call) => {
      const [dy, x] = [inputOf(call, 'dy'), inputOf(call, 'x')];
      const dx = outputFor(call, x.shape);
      geluBack(needNative(), dy, x, dx);
      return dx;
    },
  });
}

/** dy·φ′ where φ is y. @param curve φ, an index into NATIVE_CURVES */
export const slopeOf = (dy: Tensor, y: Tensor, curve: number): Tensor => {
  util.assertShapesMatch(dy.shape, y.shape, 'a gradient has another shape than its value');
  return curve === 0 ? dy : runOwn(SLOPE, { dy, y }, { curve });
};

/** φ(x). Only where `canFuseCurves`. @param curve φ, an index into NATIVE_CURVES */
export const fusedCurve = (x: Tensor, curve: number): Tensor => runOwn(CURVE, { x }, { curve });

/** Only where `canFuse`. */
export const fusedGelu = (x: Tensor): Tensor => runOwn(GELU, { x });
