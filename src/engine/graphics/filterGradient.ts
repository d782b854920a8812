/**
 * Gradients of convolutions' filters on graphics cards. Stock tfjs has one thread for each number of a filter, which
 * goes through the whole batch: a first layer of 150 numbers leaves nearly all of a card idle. Here the batch is shared
 * out among several threads for each number, whose sums are added up; on WebGL a thread has four numbers at once.
 */
import {
  type backend_util,
  engine,
  matMul,
  ones,
  reshape,
  type Tensor,
  type TensorInfo,
  tidy,
} from '@tensorflow/tfjs-core';
import { convAttributes, geometry, inputOf } from '../kernels/attributes';
import { replaceKernel, stockKernel } from '../kernels/replace';
import { fourAtOnce } from './filterGradientPacked';
import { onGraphics, runProgram } from './program';

/** Threads that keep a graphics card busy. */
const BUSY = 16_384;

export function registerFilterGradients(backend: string): void {
  if (backend !== 'webgl' && backend !== 'webgpu') return;
  register(backend, 'Conv2DBackpropFilter', false);
  register(backend, 'DepthwiseConv2dNativeBackpropFilter', true);
}

function register(backend: 'webgl' | 'webgpu', name: string, depthwise: boolean): void {
  const stock = stockKernel(name, backend);
  if (!stock) return;
  replaceKernel(
    name,
    (call) => {
      if (!onGraphics()) return stock.kernelFunc(call);
      const [x, dy] = [inputOf(call, 'x'), inputOf(call, 'dy')];
      const attributes = convAttributes(call);
      const shape = attributes.filterShape ?? [1, 1, 1, 1];
      const [height, width, channels, maps] = shape;
      const numbers = height * width * channels * maps;
      const packed = backend === 'webgl' && !depthwise;
      const threads = packed ? height * width * Math.ceil(channels / 2) * Math.ceil(maps / 2) : numbers;
      const shares = Math.min(x.shape[0], Math.ceil(BUSY / threads));
      const info = geometry(x.shape, shape, attributes, depthwise);
      const text = packed ? fourAtOnce(info, shares) : oneByOne(info, shares, depthwise, LANGUAGES[backend]);
      const several = packed ? [shares * height * width, channels, maps] : [shares, numbers];
      return tidy(() => {
        const program = { text, numbers: [], places: [] };
        const sums = tensorOf(runProgram(backend, call.backend, program, [x, dy], several, packed));
        const whole = shares === 1 ? sums : matMul(ones([1, shares]), reshape(sums, [shares, numbers]));
        return reshape(whole, shape);
      });
    },
    backend,
  );
}

const tensorOf = (info: TensorInfo): Tensor => engine().makeTensorFromTensorInfo(info);

/** What the two languages say otherwise. */
interface Language {
  integer: string;
  real: string;
  begin: string;
  end: string;
}

const LANGUAGES: Readonly<Record<'webgl' | 'webgpu', Language>> = {
  webgl: {
    ...{ integer: 'int', real: 'float', end: 'setOutput(total);' },
    begin: 'void main() {\nivec2 at = getOutputCoords();',
  },
  webgpu: {
    ...{ integer: 'var', real: 'var', end: 'setOutputAtIndex(index, total);' },
    begin: 'fn main(index : i32) {\nif (index >= uniforms.size) { return; }\nlet at = getCoordsFromIndex(index);',
  },
};

/** Of [shares, filter]: each number's sum over the samples of one share. */
function oneByOne(
  info: backend_util.Conv2DInfo,
  shares: number,
  depthwise: boolean,
  { integer, real, begin, end }: Language,
): string {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const last = depthwise ? outChannels / inChannels : outChannels;
  const map = depthwise ? `channel * ${last} + map` : 'map';
  const position = (place: string, window: string, stride: number, rate: number, before: number): string =>
    `${place} * ${stride} + ${window} * ${rate} - ${before}`;
  return `${begin}
    ${integer} map = at.y % ${last};
    ${integer} rest = at.y / ${last};
    ${integer} channel = rest % ${inChannels};
    rest = rest / ${inChannels};
    ${integer} across = rest % ${info.filterWidth};
    ${integer} down = rest / ${info.filterWidth};
    ${real} total = 0.0;
    for (${integer} item = at.x; item < ${batchSize}; item = item + ${shares}) {
      for (${integer} row = 0; row < ${outHeight}; row = row + 1) {
        ${integer} y = ${position('row', 'down', info.strideHeight, info.dilationHeight, padInfo.top)};
        if (y < 0 || y >= ${inHeight}) { continue; }
        for (${integer} column = 0; column < ${outWidth}; column = column + 1) {
          ${integer} x = ${position('column', 'across', info.strideWidth, info.dilationWidth, padInfo.left)};
          if (x < 0 || x >= ${inWidth}) { continue; }
          total = total + getL0(item, y, x, channel) * getL1(item, row, column, ${map});
        }
      }
    }
    ${end}
  }`;
}
