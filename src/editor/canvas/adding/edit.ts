/** Adding layers as one labelled edit each, and selecting what was added. */
import { addNode, type Edge, moveNodes, type NetworkDocument, type Point, type WithId } from '@/document';
import { fieldsOf, useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';
import type { LooseEnd } from '../connecting/store';
import { placesOf } from '../flow/convert';
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

const placed = (document: NetworkDocument): NetworkDocument =>
  moveNodes(document, Object.fromEntries(placesOf(document, useView.getState().direction)));

function carryOut(label: string, add: (situation: Situation) => WithId): void {
  const { document, id } = add(situation());
  useNetwork.getState().edit(label, () => document);
  reveal(id);
}

/** From the palette by click or Enter: after what is selected. */
export const addLayer = (type: string): void =>
  carryOut(`Add ${titleOf(type)}`, (here) => addAfterSelection(here, type, useSelection.getState(), around(middle())));

export const insertOnWire = (type: string, edge: Edge): void =>
  carryOut(`Insert ${titleOf(type)}`, (here) => insertLayer(here, edge, type));

/** At a place on the canvas, by itself. `at` is where its middle goes. */
export const addAt = (type: string, at: Point): void =>
  carryOut(`Add ${titleOf(type)}`, ({ document, direction }) =>
    addNode(document, { type, at: freePlace(document, around(at), direction) }),
  );

/** At a place on the canvas, at the loose end of a wire. */
export const addWired = (type: string, at: Point, { kind, end }: LooseEnd): void =>
  carryOut(`Add ${titleOf(type)}`, (here) =>
    kind === 'source' ? addBehind(here, end, type, around(at)) : addBefore(here, end, type, around(at)),
  );
