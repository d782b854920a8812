import { ViewportPortal } from '@xyflow/react';
import { ChevronsDownUp } from 'lucide-react';
import { blockAt, type Frame, focus, type NetworkDocument, type NodeId, type Path } from '@/document';
import { titleOfNode } from '@/editor/blocks/edits';
import { FRAME, foldInstance } from '@/editor/blocks/unfolding';
import { nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { useFlow } from './flow/store';
import { CARD } from './geometry';

/** Around the cards of instances that are opened out where they stand. */
export function Frames() {
  const unfolded = useNetwork((state) => state.unfolded);
  return unfolded ? <FramesOf frames={unfolded.frames} /> : null;
}

function FramesOf({ frames }: { frames: readonly Frame[] }) {
  const whole = useNetwork((state) => state.whole);
  const nodes = useFlow((state) => state.nodes);
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  return (
    <ViewportPortal>
      {frames.map(({ id, key, path, node, copies, members, height }) => {
        const corners = members.flatMap((member) => places.get(member) ?? []);
        if (corners.length === 0) return null;
        const pad = FRAME.padding * (height + 1);
        const left = Math.min(...corners.map(({ x }) => x)) - pad;
        const top = Math.min(...corners.map(({ y }) => y)) - pad - FRAME.head * (height + 1);
        const width = Math.max(...corners.map(({ x }) => x)) + CARD.width + pad - left;
        const tall = Math.max(...corners.map(({ y }) => y)) + CARD.height + pad - top;
        const [title, name] = namesOf(whole, path, node);
        return (
          <section
            key={id}
            aria-label={`${title} ${name}, opened out`}
            className="frame"
            style={{ transform: `translate(${left}px, ${top}px)`, width, height: tall }}
          >
            <button
              type="button"
              className="frame-head"
              title={`Fold ${name} to one card`}
              onClick={() => foldInstance(key)}
            >
              <ChevronsDownUp size={12} aria-hidden />
              {title}
              <span className="font-normal">{name}</span>
              {copies > 1 ? <span className="copies">×{copies}</span> : null}
            </button>
          </section>
        );
      })}
    </ViewportPortal>
  );
}

function namesOf(whole: NetworkDocument, path: Path, id: NodeId): [title: string, name: string] {
  const around = focus(
    whole,
    blockAt(
      whole,
      path.map(({ instance }) => instance),
    ) ?? null,
  );
  const node = around.graph.nodes[id];
  return [titleOfNode(around, id), node ? nameOf(id, node) : id];
}
