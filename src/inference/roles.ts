/** What inference wants to know of all nodes without looking at all of them: how many losses, and who is tied to whom. */
import type { NetworkNode, NodeId } from '@/document';
import { layerOf } from '@/layers';

export class Roles {
  private losses = 0;
  private readonly followers = new Map<NodeId, Set<NodeId>>();

  get hasLoss(): boolean {
    return this.losses > 0;
  }

  /** Those that use a node's weights, or would if there were such a node. */
  tiedTo(owner: NodeId): ReadonlySet<NodeId> {
    return this.followers.get(owner) ?? NOBODY;
  }

  /** A node comes, goes or is another. */
  replace(id: NodeId, before: NetworkNode | undefined, after: NetworkNode | undefined): void {
    if (isLoss(before)) this.losses -= 1;
    if (isLoss(after)) this.losses += 1;
    if (before?.tiedTo === after?.tiedTo) return;
    if (before?.tiedTo !== undefined) this.followers.get(before.tiedTo)?.delete(id);
    if (after?.tiedTo === undefined) return;
    const others = this.followers.get(after.tiedTo);
    if (others) others.add(id);
    else this.followers.set(after.tiedTo, new Set([id]));
  }
}

const NOBODY: ReadonlySet<NodeId> = new Set();

const isLoss = (node: NetworkNode | undefined): boolean => node !== undefined && layerOf(node.type)?.role === 'loss';
