/** Adding layers as one labelled edit each, and selecting what was added. */
import { toast } from 'sonner';
import {
  addNode,
  blockIdOf,
  blocksNeeded,
  type Edge,
  moveNodes,
  type NetworkDocument,
  type Point,
  placesOf,
  type WithId,
} from '@/document';
import { fieldsOf, useNetwork } from '@/state/network';
import { bringIn, ownBlockOf } from '@/state/ownBlocks';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';
import type { LooseEnd } from '../connecting/store';
import { titleOf } from '../flow/label';
import { around } from '../geometry';
import { middle, reveal } from '../viewport';
import { addAfterSelection, addBefore, addBehind, insertLayer, type Situation } from './add';
import { freePlace } from './place';

/** The network as it is, with a place for every node. */
function situation(): Situation {
  const { document, inference } = useNetwork.getState();
  const { direction } = useView.getState();
  return { document: placed(document), inference, fields: fieldsOf(document), direction };
}

const titleNow = (type: string): string => ownBlockOf(type)?.title ?? titleOf(useNetwork.getState().document, type);

const placed = (document: NetworkDocument): NetworkDocument =>
  moveNodes(document, Object.fromEntries(placesOf(document, useView.getState().direction)));

/** A block of the person's own comes with its definition; it cannot stand within itself. */
function carryOut(verb: string, given: string, add: (situation: Situation, type: string) => WithId): void {
  const here = situation();
  const { document: roomy, type } = bringIn(here.document, given);
  const { block, edit } = useNetwork.getState();
  const inner = blockIdOf(type);
  if (block !== null && inner !== null && blocksNeeded(roomy.blocks ?? {}, [inner]).includes(block)) {
    toast('A block cannot hold itself, and this one is made of the one that you are in.');
    return;
  }
  const { document, id } = add({ ...here, document: roomy }, type);
  edit(`${verb} ${titleNow(given)}`, () => document);
  reveal(id);
}

/** From the palette by click or Enter: after what is selected. */
export const addLayer = (layer: string): void =>
  carryOut('Add', layer, (here, type) => addAfterSelection(here, type, useSelection.getState(), around(middle())));

export const insertOnWire = (layer: string, edge: Edge): void =>
  carryOut('Insert', layer, (here, type) => insertLayer(here, edge, type));

/** At a place on the canvas, by itself. `at` is where its middle goes. */
export const addAt = (layer: string, at: Point): void =>
  carryOut('Add', layer, ({ document, direction }, type) =>
    addNode(document, { type, at: freePlace(document, around(at), direction) }),
  );

/** At a place on the canvas, at the loose end of a wire. */
export const addWired = (layer: string, at: Point, { kind, end }: LooseEnd): void =>
  carryOut('Add', layer, (here, type) =>
    kind === 'source' ? addBehind(here, end, type, around(at)) : addBefore(here, end, type, around(at)),
  );
