import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { readDocument } from '@/document';
import { readWeights } from '@/state/run/weights';
import { saveWeights } from '@/state/storage';

it('a run that an earlier version broke off can be gone on with: it had kept nothing of texts', async () => {
  const sample = { index: 3, image: null, actual: 1, predicted: 0, probabilities: [0.6, 0.4] };
  const probe = { epoch: 1, classes: ['a', 'b'], confusion: null, scores: [], samples: [sample] };
  const kept = { epoch: 1, weights: { tensors: [], epoch: 1 }, probe };
  const bundle = { tensors: [], epoch: 2, state: { epoch: 3, watch: { best: 0.5, waited: 1, kept } } };
  await saveWeights('old', {
    document: readDocument({ format: 'tensorloom', version: 1, graph: { nodes: {}, edges: [] } }),
    bundle,
  });

  const read = await readWeights('old');
  expect(read?.bundle.state?.watch?.kept?.probe).toEqual({
    ...probe,
    sequences: [],
    task: null,
    samples: [{ ...sample, text: null }],
  });
  expect(read?.bundle.state?.watch?.best).toBe(0.5);
});
