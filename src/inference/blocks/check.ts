/** What can be wrong with an instance of a block itself, whatever its layers say. */
import {
  blockOf,
  isExpression,
  MOST_COPIES,
  type NetworkNode,
  type NodeId,
  portsOfBlock,
  type Scope,
  substitute,
} from '@/document';
import { layerIn, type Repair } from '@/layers';
import type { Problem } from '../types';
import { type Place, problemAt } from './problems';

/** The problems of all instances in a scope and within them. */
export function checkInstances(place: Place, scope: Scope): Problem[] {
  const problems: Problem[] = [];
  for (const [id, copies] of scope.inside) {
    const node = scope.graph.nodes[id];
    if (node) problems.push(...checkInstance(place, scope, id, node));
    for (const copy of copies) problems.push(...checkInstances(place, copy));
  }
  return problems;
}

function checkInstance(place: Place, scope: Scope, id: NodeId, node: NetworkNode): Problem[] {
  const block = blockOf(place.document, node);
  const layer = layerIn(place.document, node.type);
  if (!block || !layer) return [];
  const found: Problem[] = [];
  const say = (
    message: string,
    proposed: readonly Repair[] = [],
    extra: { why?: string; param?: string; port?: string } = {},
  ) => found.push(problemAt(place, scope, id, { code: 'block', severity: 'error', message, proposed, ...extra }));

  for (const name of Object.keys({ ...node.params, ...node.along })) {
    const own = layer.params[name];
    if (!own) {
      say(
        `${layer.title} has no parameter “${name}”.`,
        [{ title: `Remove “${name}”`, kind: 'resetParam', param: name }],
        { param: name },
      );
      continue;
    }
    const given = [...(node.params?.[name] === undefined ? [] : [node.params[name]]), ...(node.along?.[name] ?? [])];
    for (const value of given) {
      const computed = substitute(value, scope.environment);
      const read = own.read(computed);
      if ('error' in read)
        say(read.error, [{ title: 'Back to the default', kind: 'resetParam', param: name }], { param: name });
      else if (typeof computed === 'string' && typeof own.default === 'number') {
        const why = isExpression(computed, scope.environment)
          ? 'The expression has no value here.'
          : 'An expression speaks of the parameters of the block around, and there is none by that name.';
        say(
          `“${computed}” is no number for “${name}”.`,
          [{ title: 'Back to the default', kind: 'resetParam', param: name }],
          { param: name, why },
        );
      }
    }
  }
  const repeat = substitute(node.repeat ?? 1, scope.environment);
  if (typeof repeat !== 'number' || !Number.isInteger(repeat) || repeat < 1 || repeat > MOST_COPIES)
    say(`It is to be repeated ${JSON.stringify(repeat)} times; a whole number from 1 to ${MOST_COPIES} is needed.`);
  const ports = portsOfBlock(block);
  if (repeat !== 1 && (ports.inputs.length === 0 || ports.outputs.length === 0))
    say('Copies cannot be chained: the block needs an input and an output.');
  const gone = (scope.incoming.get(id) ?? []).filter(({ to }) => !ports.inputs.includes(to[1]));
  for (const { to } of gone)
    say(
      `${layer.title} has no input “${to[1]}” any more.`,
      [{ title: 'Take the wire away', kind: 'disconnect', port: to[1] }],
      { port: to[1] },
    );
  for (const { from, to } of scope.graph.edges) {
    if (from[0] === id && !ports.outputs.includes(from[1]))
      say(
        `A wire to “${scope.graph.nodes[to[0]]?.name ?? to[0]}” comes from “${from[1]}”, an output that ${layer.title} does not have.`,
      );
  }
  const owner = node.tiedTo === undefined ? undefined : scope.graph.nodes[node.tiedTo];
  if (node.tiedTo !== undefined && (owner?.type !== node.type || node.tiedTo === id))
    say(
      `It is tied to “${owner?.name ?? node.tiedTo}”, which is no ${layer.title}.`,
      [{ title: 'Give it weights of its own', kind: 'untie' }],
      { why: 'Only two instances of the same block can share weights.' },
    );
  return found;
}
