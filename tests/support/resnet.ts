/** ResNet as PyTorch's torchvision has it: convolutions without bias, the stride in the 3×3 of a bottleneck. */
import type { Edge, Json, NetworkDocument, NetworkNode } from '@/document';
import { asDocument } from './networks';

/** He et al. 2015, table 1: blocks in each of the four stages, and whether they are bottlenecks. */
const DEPTHS = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
  152: { blocks: [3, 8, 36, 3], bottleneck: true },
} as const;

export function resnet(depth: keyof typeof DEPTHS): NetworkDocument {
  const nodes: Record<string, NetworkNode> = { image: { type: 'input', params: { shape: [224, 224, 3] } } };
  const edges: Edge[] = [];
  const put = (id: string, type: string, params: Record<string, Json>, ...sources: string[]): string => {
    nodes[id] = { type, params };
    for (const source of sources) edges.push({ from: [source, 'out'], to: [id, 'in'] });
    return id;
  };
  const conv = (id: string, from: string, filters: number, kernelSize: number, strides: number): string => {
    put(id, 'conv2d', { filters, kernelSize, strides, padding: 'same', useBias: false }, from);
    return put(`${id}_bn`, 'batchNormalization', { momentum: 0.9, epsilon: 1e-5 }, id);
  };
  const relu = (id: string, from: string): string => put(id, 'activation', { function: 'relu' }, from);

  let x = relu('stem_relu', conv('stem', 'image', 64, 7, 2));
  x = put('stem_pool', 'maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }, x);
  const { blocks, bottleneck } = DEPTHS[depth];
  let channels = 64;
  for (const [stage, count] of blocks.entries()) {
    const width = 64 * 2 ** stage;
    const out = bottleneck ? 4 * width : width;
    for (let block = 0; block < count; block++) {
      const name = `s${stage + 1}b${block + 1}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      let y = x;
      if (bottleneck) {
        y = relu(`${name}_relu1`, conv(`${name}_conv1`, y, width, 1, 1));
        y = relu(`${name}_relu2`, conv(`${name}_conv2`, y, width, 3, stride));
        y = conv(`${name}_conv3`, y, out, 1, 1);
      } else {
        y = relu(`${name}_relu1`, conv(`${name}_conv1`, y, width, 3, stride));
        y = conv(`${name}_conv2`, y, out, 3, 1);
      }
      const skip = stride === 1 && channels === out ? x : conv(`${name}_project`, x, out, 1, stride);
      x = relu(`${name}_relu`, put(`${name}_add`, 'add', {}, skip, y));
      channels = out;
    }
  }
  x = put('pool', 'globalAveragePooling2d', {}, x);
  put('classes', 'dense', { units: 1000 }, x);
  return asDocument(nodes, edges);
}
