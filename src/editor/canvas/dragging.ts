import { useNetwork } from '@/state/network';
import type { LayerFlowNode } from './flow/convert';
import { settle } from './flow/store';
import { wordFor } from './selected';

/** However far the cards went, one edit says so. */
export function onDragStop(dragged: readonly LayerFlowNode[]): void {
  const { document } = useNetwork.getState();
  settle(
    `Move ${wordFor(
      document,
      dragged.map(({ id }) => id),
    )}`,
  );
}
