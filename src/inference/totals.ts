/** Sums over all nodes, kept up by what each node gives to them. */
import type { NetworkNode, NodeId } from '@/document';
import { add, type Dim, subtract } from '@/layers';
import type { NodeInference, Totals } from './types';

/** One node's part in the totals, with the number of its errors. */
type Share = Totals & { errors: number };

const NO_SHARE: Share = {
  parameters: 0,
  trainable: 0,
  nonTrainable: 0,
  pytorch: { parameters: 0, trainable: 0 },
  macs: 0,
  flops: 0,
  activationBytes: 0,
  parameterBytes: 0,
  errors: 0,
};

/** A tied node's weights are its owner's, and count there. */
function shareOf(node: NetworkNode, result: NodeInference): Share {
  const own = node.tiedTo === undefined;
  return {
    parameters: own ? result.parameters : 0,
    trainable: own ? result.trainable : 0,
    nonTrainable: own ? subtract(result.parameters, result.trainable) : 0,
    pytorch: own ? result.pytorch : NO_SHARE.pytorch,
    macs: result.macs,
    flops: result.flops,
    activationBytes: result.activationBytes,
    parameterBytes: own ? result.parameterBytes : 0,
    errors: result.problems.filter(({ severity }) => severity === 'error').length,
  };
}

const combine = (a: Share, b: Share, by: (x: Dim, y: Dim) => Dim): Share => ({
  parameters: by(a.parameters, b.parameters),
  trainable: by(a.trainable, b.trainable),
  nonTrainable: by(a.nonTrainable, b.nonTrainable),
  pytorch: {
    parameters: by(a.pytorch.parameters, b.pytorch.parameters),
    trainable: by(a.pytorch.trainable, b.pytorch.trainable),
  },
  macs: by(a.macs, b.macs),
  flops: by(a.flops, b.flops),
  activationBytes: by(a.activationBytes, b.activationBytes),
  parameterBytes: by(a.parameterBytes, b.parameterBytes),
  errors: Number(by(a.errors, b.errors)),
});

export class Sums {
  private readonly shares = new Map<NodeId, Share>();
  private sum: Share = NO_SHARE;

  /** Null while an error stands in the way. */
  get totals(): Totals | null {
    const { errors, ...totals } = this.sum;
    return errors > 0 ? null : totals;
  }

  /** What a node gives, in place of what it gave before. */
  put(id: NodeId, node: NetworkNode, result: NodeInference): void {
    this.forget(id);
    const share = shareOf(node, result);
    this.sum = combine(this.sum, share, add);
    this.shares.set(id, share);
  }

  forget(id: NodeId): void {
    const before = this.shares.get(id);
    if (!before) return;
    this.sum = combine(this.sum, before, subtract);
    this.shares.delete(id);
  }
}
