import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useNodesInitialized,
} from '@xyflow/react';
import { type MouseEvent, type RefObject, useCallback, useContext, useEffect, useRef } from 'react';
import { openBlock } from '@/editor/blocks/edits';
import { registerCommands } from '@/editor/commands';
import { useNetwork } from '@/state/network';
import { useClipboard } from './clipboard/useClipboard';
import { canvasCommands } from './commands';
import { ConnectDialog } from './connecting/ConnectDialog';
import { RefusalTip } from './connecting/RefusalTip';
import { useConnect } from './connecting/useConnect';
import { FarAway, useFarAway } from './detail';
import { LayerPicker } from './dropping/LayerPicker';
import { openPicker } from './dropping/store';
import { useDrop } from './dropping/useDrop';
import { EmptyCanvas } from './EmptyCanvas';
import { WireEdge } from './edge/WireEdge';
import { Frames } from './Frames';
import type { LayerFlowNode } from './flow/convert';
import { followDocument, onEdgesChange, onNodesChange, useFlow } from './flow/store';
import { CARD } from './geometry';
import { keepFocus } from './keptFocus';
import { onCanvasKey } from './keys';
import { CanvasMenu } from './menu/CanvasMenu';
import { LayerNode } from './node/LayerNode';
import { useGestures } from './useGestures';
import { attach, type Flow, showBeginning } from './viewport';

const nodeTypes: NodeTypes = { layer: LayerNode };
const edgeTypes: EdgeTypes = { wire: WireEdge };

const MULTI_SELECTION = ['Shift', 'Meta', 'Control'];

/** Beyond this many nodes only those in sight are rendered; from afar most are in sight and looking costs more. */
const NEAR_ALL = 150;
const FAR_ALL = 1000;
/** Beyond this many a map of the whole helps, unless one sees the whole anyway. */
const MAP_FROM = 40;
/** How many times as long as wide a network may be for its map to show anything. */
const LONGEST = 20;

/** The network as a figure that can be edited. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Figure />
    </ReactFlowProvider>
  );
}

function Figure() {
  const far = useFarAway();
  const empty = useFlow((state) => state.nodes.length === 0);
  const frame = useRef<HTMLDivElement>(null);
  const drop = useDrop();
  useEffect(followDocument, []);
  useEffect(() => registerCommands(canvasCommands), []);
  useEffect(keepFocus, []);
  useClipboard();
  useFitOnOpening();
  return (
    <FarAway value={far}>
      <CanvasMenu>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and drops of the cards and wires within arrive here */}
        <div
          ref={frame}
          className="canvas"
          data-canvas-keys
          data-far={far || undefined}
          onKeyDown={onCanvasKey}
          onDoubleClick={onDoubleClick}
          {...drop}
        >
          <Network frame={frame} />
          <RefusalTip />
          <LayerPicker />
          <ConnectDialog />
          {empty ? <EmptyCanvas /> : null}
        </div>
      </CanvasMenu>
    </FarAway>
  );
}

/** By itself, for it is rendered with every step of a card that is dragged. */
function Network({ frame }: { frame: RefObject<HTMLDivElement | null> }) {
  const nodes = useFlow((state) => state.nodes);
  const edges = useFlow((state) => state.edges);
  const far = useContext(FarAway);
  const connect = useConnect();
  const gestures = useGestures(frame);
  const onInit = useCallback(
    (flow: Flow) => {
      attach(flow, frame.current);
      showBeginning();
    },
    [frame],
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      {...connect}
      {...gestures}
      onInit={onInit}
      onlyRenderVisibleElements={nodes.length > (far ? FAR_ALL : NEAR_ALL)}
      elevateNodesOnSelect={false}
      selectionMode={SelectionMode.Partial}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={MULTI_SELECTION}
      deleteKeyCode={null}
      disableKeyboardA11y
      panOnScroll
      zoomOnDoubleClick={false}
      connectionRadius={26}
      minZoom={0.05}
      maxZoom={2}
      aria-label="Network"
    >
      <Frames />
      {/* Smaller than a pixel from afar, and drawn anew with every move. */}
      {far ? null : <Background variant={BackgroundVariant.Dots} gap={24} size={1} />}
      {nodes.length > MAP_FROM && !far && hasRoom(nodes) ? (
        <MiniMap nodeColor={colourOf} pannable zoomable ariaLabel="Map of the network" />
      ) : null}
    </ReactFlow>
  );
}

/** On the map of a network as long as hundreds of layers in a row, nothing could be told apart. */
function hasRoom(nodes: readonly LayerFlowNode[]): boolean {
  const [xs, ys] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  const sides = [xs, ys].map(
    (values) => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b)),
  );
  return Math.max(...sides) < LONGEST * (Math.min(...sides) + CARD.width);
}

function onDoubleClick(event: MouseEvent): void {
  const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
  if (onPane) openPicker({ x: event.clientX, y: event.clientY });
  const node = event.target instanceof Element && event.target.closest<HTMLElement>('.react-flow__node');
  if (node && node.dataset.id !== undefined) openBlock(node.dataset.id);
}

const colourOf = ({ data }: LayerFlowNode): string => `var(--family-${data.layer?.family ?? 'unknown'})`;

/** Every network or block that is opened is seen whole at first, or from its beginning where it would be too small to read. */
function useFitOnOpening(): void {
  const id = useNetwork(
    (state) => `${state.id} ${state.expanded} ${state.path.map(({ instance }) => instance).join(' ')}`,
  );
  const ready = useNodesInitialized();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each network
  useEffect(() => {
    if (ready) showBeginning();
  }, [id, ready]);
}
