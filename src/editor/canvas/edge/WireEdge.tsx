/** A wire: a path, and the shape that flows along it where there is room. */
import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo, useContext } from 'react';
import { detourPath, type LabelPlace } from '@/document';
import { useNodeInference } from '@/state/network';
import { FarAway } from '../detail';
import { useDropping } from '../dropping/store';
import type { WireFlowEdge } from '../flow/convert';
import { portShapeText } from '../flow/label';

/** A label needs this much wire. */
const ROOM = 40;

export const WireEdge = memo(function WireEdge(props: EdgeProps<WireFlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected } = props;
  const far = useContext(FarAway);
  const awaiting = useDropping((state) => state.edge === id);
  const down = data?.direction !== 'right';
  const [path, labelX, labelY] = data?.detour
    ? detourPath([sourceX, sourceY], [targetX, targetY], data.detour, down)
    : getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const length = down ? targetY - sourceY : targetX - sourceX;
  return (
    <>
      <BaseEdge
        path={path}
        className="wire"
        data-selected={selected || undefined}
        data-awaiting={awaiting || undefined}
        interactionWidth={far ? 0 : 20}
      />
      {far || !data?.label || length < (down ? ROOM : ROOM * 2) ? null : (
        <WireLabel
          source={props.source}
          port={data.edge.from[1]}
          place={data.label}
          x={labelX}
          y={labelY}
          down={down}
        />
      )}
    </>
  );
});

const WireLabel = memo(function WireLabel({
  source,
  port,
  place: { side, beside },
  x,
  y,
  down,
}: {
  source: string;
  port: string;
  place: LabelPlace;
  x: number;
  y: number;
  down: boolean;
}) {
  const inference = useNodeInference(source);
  const text = portShapeText(inference, port);
  if (text === '' || (beside !== null && portShapeText(inference, beside) === text)) return null;
  if (!down) {
    return (
      <text className="wire-label" x={x} y={y - 6} textAnchor="middle">
        {text}
      </text>
    );
  }
  const left = side === 'left';
  return (
    <text className="wire-label" x={left ? x - 7 : x + 7} y={y + 4} textAnchor={left ? 'end' : 'start'}>
      {text}
    </text>
  );
});
