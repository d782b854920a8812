import type { NodeId } from '@/document';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { deadShare, gradientLength, indexOf, shortReal } from '@/state/run/gradients';
import { DEAD } from '@/state/run/warnings';

/** While the network is trained: how large the gradient is that reaches the layer, and whether its units are dead. */
export function GradientLine({ id }: { id: NodeId }) {
  const network = useNetwork((state) => state.id);
  const layers = useRun((state) =>
    state.network?.id === network && isActive(state.status) ? state.signals.at(-1) : undefined,
  );
  const flatId = useNetwork((state) => (layers ? state.inference.openedId(id) : undefined));
  if (!layers || flatId === undefined) return null;
  const { byNode, largest } = indexOf(layers);
  const signal = byNode.get(flatId);
  if (!signal) return null;
  const { gradient } = signal;
  const share = deadShare(signal) ?? 0;
  const dead = share > DEAD;
  const percent = `${Math.round(100 * share)} %`;
  const words = `Gradient ${shortReal(gradient)}${dead ? `; ${percent} of its units are dead` : ''}`;
  return (
    <div className="gradient-line nodrag" data-dead={dead || undefined} title={words}>
      <span style={{ width: `${100 * gradientLength(gradient, largest)}%` }} />
      {dead ? <b>{percent} dead</b> : null}
    </div>
  );
}
