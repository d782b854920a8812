/** What happens while the figure is pushed about or its cards are dragged. */
import type { OnMoveEnd, OnMoveStart, OnNodeDrag, SelectionDragHandler } from '@xyflow/react';
import { type RefObject, useMemo } from 'react';
import { onDragStop } from './dragging';
import type { LayerFlowNode } from './flow/convert';

/**
 * The flow's properties for gestures. Always the same ones: the flow writes each that changed into its store, and every
 * write has all its cards and wires look whether they changed, too.
 */
export const useGestures = (frame: RefObject<HTMLElement | null>) =>
  useMemo(() => {
    /** For rules of style during a gesture, without a render. */
    const mark = (gesture: 'panning' | 'dragging', on: boolean): void => {
      frame.current?.toggleAttribute(`data-${gesture}`, on);
    };
    const begin = (): void => mark('dragging', true);
    const end = (dragged: readonly LayerFlowNode[]): void => {
      mark('dragging', false);
      onDragStop(dragged);
    };
    const onNodeDragStop: OnNodeDrag<LayerFlowNode> = (_event, _node, dragged) => end(dragged);
    const onSelectionDragStop: SelectionDragHandler<LayerFlowNode> = (_event, dragged) => end(dragged);
    const onMoveStart: OnMoveStart = (event) => mark('panning', event?.type === 'mousedown');
    const onMoveEnd: OnMoveEnd = () => mark('panning', false);
    return {
      onNodeDragStart: begin,
      onNodeDragStop,
      onSelectionDragStart: begin,
      onSelectionDragStop,
      onMoveStart,
      onMoveEnd,
    };
  }, [frame]);
