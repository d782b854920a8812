import { Popover } from 'radix-ui';
import { layersHere } from '@/editor/blocks/layers';
import { LayerList } from '@/editor/palette/LayerList';
import { canFollow } from '@/inference';
import { type LayerDeclaration, nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { addAt, addWired } from '../adding/edit';
import type { LooseEnd } from '../connecting/store';
import { currentFlow } from '../viewport';
import { closePicker, type Picker, useDropping } from './store';

/** Where a wire was let go, or the canvas double-clicked: a short list of what fits there. */
export function LayerPicker() {
  const picker = useDropping((state) => state.picker);
  return picker ? <Open picker={picker} /> : null;
}

function Open({ picker }: { picker: Picker }) {
  const { x, y, wire } = picker;
  const choose = (type: string) => {
    const flow = currentFlow();
    closePicker();
    if (!flow) return;
    const at = flow.screenToFlowPosition({ x, y });
    if (wire) addWired(type, [at.x, at.y], wire);
    else addAt(type, [at.x, at.y]);
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && closePicker()}>
      <Popover.Anchor className="fixed size-0" style={{ left: x, top: y }} />
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={wire ? 'Layers that fit here' : 'Add a layer'}
          className="z-50 flex max-h-80 w-80 flex-col overflow-hidden rounded-md border border-line bg-raised shadow-lg"
        >
          <LayerList
            layers={wire ? fitting(wire) : layersHere()}
            label={wire ? labelOf(wire) : 'Add a layer'}
            nothing="No layer of this name fits here."
            onChoose={choose}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What comes before an input is not judged: its shape depends on what will come before that. */
function fitting({ kind, end }: LooseEnd): LayerDeclaration[] {
  const { document, inference } = useNetwork.getState();
  return layersHere().filter(({ type, role }) =>
    kind === 'source' ? canFollow(document, inference, end, type) : role !== 'loss' && role !== 'blockOutput',
  );
}

function labelOf({ kind, end: [id] }: LooseEnd): string {
  const node = useNetwork.getState().document.graph.nodes[id];
  const name = node ? nameOf(id, node) : id;
  return kind === 'source' ? `Layer after ${name}` : `Layer before ${name}`;
}
