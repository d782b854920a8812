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
import { useEffect, useRef, useState } from 'react';
import { registerCommands } from '@/editor/commands';
import { layerOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { useClipboard } from './clipboard/useClipboard';
import { canvasCommands } from './commands';
import { ConnectDialog } from './connecting/ConnectDialog';
import { RefusalTip } from './connecting/RefusalTip';
import { useConnect } from './connecting/useConnect';
import { FarAway, useFarAway } from './detail';
import { onDragStop } from './dragging';
import { LayerPicker } from './dropping/LayerPicker';
import { openPicker } from './dropping/store';
import { useDrop } from './dropping/useDrop';
import { EmptyCanvas } from './EmptyCanvas';
import { WireEdge } from './edge/WireEdge';
import type { LayerFlowNode } from './flow/convert';
import { followDocument, onEdgesChange, onNodesChange, useFlow } from './flow/store';
import { onCanvasKey } from './keys';
import { CanvasMenu } from './menu/CanvasMenu';
import { LayerNode } from './node/LayerNode';
import { attach, fitAll } from './viewport';

const nodeTypes: NodeTypes = { layer: LayerNode };
const edgeTypes: EdgeTypes = { wire: WireEdge };

const MULTI_SELECTION = ['Shift', 'Meta', 'Control'];
const PRO = { hideAttribution: true } as const;

/** Beyond this many nodes only those in sight are rendered. */
const ALWAYS_ALL = 150;
/** Beyond this many a map of the whole helps. */
const MAP_FROM = 40;

/** The network as a figure that can be edited. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Figure />
    </ReactFlowProvider>
  );
}

function Figure() {
  const nodes = useFlow((state) => state.nodes);
  const edges = useFlow((state) => state.edges);
  const far = useFarAway();
  const frame = useRef<HTMLDivElement>(null);
  const connect = useConnect();
  const drop = useDrop();
  useEffect(followDocument, []);
  useEffect(() => registerCommands(canvasCommands), []);
  useClipboard();
  useFitOnOpening();
  const [panning, setPanning] = useState(false);
  return (
    <FarAway value={far}>
      <CanvasMenu>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and drops of the cards and wires within arrive here */}
        <div
          ref={frame}
          className="canvas"
          data-far={far || undefined}
          data-panning={panning || undefined}
          onKeyDown={onCanvasKey}
          {...drop}
        >
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={onNodesChange}
            onEdgesChange={onEdgesChange}
            onNodeDragStop={onDragStop}
            onSelectionDragStop={onDragStop}
            {...connect}
            onInit={(flow) => attach(flow, frame.current)}
            onMoveStart={(event) => setPanning(event?.type === 'mousedown' || event?.type === 'pointerdown')}
            onMoveEnd={() => setPanning(false)}
            onDoubleClick={(event) => {
              const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
              if (onPane) openPicker({ x: event.clientX, y: event.clientY });
            }}
            onlyRenderVisibleElements={nodes.length > ALWAYS_ALL}
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
            proOptions={PRO}
            aria-label="Network"
          >
            <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
            {nodes.length > MAP_FROM ? (
              <MiniMap nodeColor={colourOf} pannable zoomable ariaLabel="Map of the network" />
            ) : null}
          </ReactFlow>
          <RefusalTip />
          <LayerPicker />
          <ConnectDialog />
          {nodes.length === 0 ? <EmptyCanvas /> : null}
        </div>
      </CanvasMenu>
    </FarAway>
  );
}

const colourOf = ({ data }: LayerFlowNode): string => `var(--family-${layerOf(data.node.type)?.family ?? 'unknown'})`;

/** Every network that is opened is seen whole at first. */
function useFitOnOpening(): void {
  const id = useNetwork((state) => state.id);
  const ready = useNodesInitialized();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each network
  useEffect(() => {
    if (ready) fitAll(false);
  }, [id, ready]);
}
