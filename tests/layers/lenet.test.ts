import { describe, expect, it } from 'vitest';
import { datasetInfo } from '@/datasets';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { inferDocument } from '@/inference';

describe('LeNet-5', () => {
  it('has the published maps and counts', () => {
    const inference = inferDocument(lenet5, datasetInfo('mnist')?.fields);
    const rows = inference.order.map((id) => {
      const known = inference.nodes.get(id);
      return [id, known?.output?.shape.slice(1).join('·'), known?.parameters];
    });
    expect(rows).toEqual([
      ['image', '28·28·1', 0],
      ['conv1', '28·28·6', 156],
      ['pool1', '14·14·6', 0],
      ['conv2', '10·10·16', 2_416],
      ['pool2', '5·5·16', 0],
      ['flatten', '400', 0],
      ['dense1', '120', 48_120],
      ['dense2', '84', 10_164],
      ['dense3', '10', 850],
      ['loss', '', 0],
    ]);
    expect(inference.totals).toMatchObject({ parameters: 61_706, trainable: 61_706, nonTrainable: 0, macs: 416_520 });
    expect(inference.problems).toEqual([]);
  });
});
