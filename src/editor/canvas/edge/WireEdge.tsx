/** A wire: a path, and the shape that flows along it where there is room. */
import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo, useContext } from 'react';
import { detourPath } from '@/document';
import { useNodeInference } from '@/state/network';
import { FarAway } from '../detail';
import { useDropping } from '../dropping/store';
import type { WireFlowEdge } from '../flow/convert';
import { shapeText } from '../flow/label';

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
      {far || length < (down ? ROOM : ROOM * 2) ? null : (
        <WireLabel source={props.source} x={labelX} y={labelY} down={down} />
      )}
    </>
  );
});

const WireLabel = memo(function WireLabel({
  source,
  x,
  y,
  down,
}: {
  source: string;
  x: number;
  y: number;
  down: boolean;
}) {
  const inference = useNodeInference(source);
  const text = shapeText('', inference);
  if (text === '') return null;
  return (
    <text className="wire-label" x={down ? x + 7 : x} y={down ? y + 4 : y - 6} textAnchor={down ? 'start' : 'middle'}>
      {text}
    </text>
  );
});
