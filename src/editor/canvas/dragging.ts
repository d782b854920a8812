import { useNetwork } from '@/state/network';
import { settle } from './flow/store';
import { wordFor } from './selected';

/** However far the cards went, one edit says so. */
export function onDragStop(_: unknown, __: unknown, dragged?: readonly { id: string }[]): void {
  const nodes = dragged ?? [];
  const { document } = useNetwork.getState();
  settle(
    `Move ${wordFor(
      document,
      nodes.map(({ id }) => id),
    )}`,
  );
}
