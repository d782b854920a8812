/** A wire being drawn: from where, and what every other port says to it. Judged once, when it begins. */
import { create } from 'zustand';
import type { Endpoint, NetworkDocument, NodeId } from '@/document';
import { type Inference, refusalToConnect } from '@/inference';
import { layerIn } from '@/layers';
import { portsOf } from '../flow/ports';

export type PortKind = 'source' | 'target';

export interface LooseEnd {
  kind: PortKind;
  end: Endpoint;
}

interface Connecting {
  from: LooseEnd | null;
  /** Of every port that a wire from here could end in: null where it fits, else why it does not. */
  verdicts: ReadonlyMap<NodeId, ReadonlyMap<string, string | null>>;
  /** The card under the pointer. */
  over: NodeId | null;
}

const REST: Connecting = { from: null, verdicts: new Map(), over: null };

export const useConnecting = create<Connecting>(() => REST);

export function beginConnecting(document: NetworkDocument, inference: Inference, from: LooseEnd): void {
  useConnecting.setState({ from, verdicts: judge(document, inference, from), over: null });
}

export const endConnecting = (): void => useConnecting.setState(REST);

/** What every port on the other side says to a wire from this one. */
export function judge(
  document: NetworkDocument,
  inference: Inference,
  { kind, end }: LooseEnd,
): Map<NodeId, Map<string, string | null>> {
  return new Map(
    Object.entries(document.graph.nodes).map(([id, node]) => {
      const ports = portsOf(
        node,
        layerIn(document, node.type),
        inference.incoming.get(id) ?? [],
        inference.outgoing.get(id) ?? [],
      );
      const names = kind === 'source' ? ports.inputs : ports.outputs;
      const verdict = (port: string) =>
        kind === 'source'
          ? refusalToConnect(document, inference, end, [id, port])
          : refusalToConnect(document, inference, [id, port], end);
      return [id, new Map(names.map((port) => [port, verdict(port)]))];
    }),
  );
}

const SAME_SIDE: Readonly<Record<PortKind, string>> = {
  source: 'Two outputs cannot be wired: a wire runs from an output to an input.',
  target: 'Two inputs cannot be wired: a wire runs from an output to an input.',
};

/** What a port says: null where the wire fits, else why it does not. */
export function verdictOfPort(
  { from, verdicts }: Pick<Connecting, 'from' | 'verdicts'>,
  kind: PortKind,
  node: NodeId,
  port: string,
): string | null {
  if (from?.kind === kind) return SAME_SIDE[kind];
  return verdicts.get(node)?.get(port) ?? null;
}

/** What a card as a whole says: the port that takes the wire, or why none does. */
export function verdictOfNode(
  { from, verdicts }: Pick<Connecting, 'from' | 'verdicts'>,
  node: NodeId,
): { port: string } | { refusal: string } | null {
  if (!from || node === from.end[0]) return null;
  const ports = [...(verdicts.get(node) ?? [])];
  const fitting = ports.find(([, verdict]) => verdict === null);
  if (fitting) return { port: fitting[0] };
  const [refusal] = ports.flatMap(([, verdict]) => (verdict === null ? [] : [verdict]));
  return { refusal: refusal ?? NO_PORT[from.kind] };
}

const NO_PORT: Readonly<Record<PortKind, string>> = {
  source: 'An input reads the data set and takes no wire.',
  target: 'A loss ends the network: nothing comes after it.',
};
