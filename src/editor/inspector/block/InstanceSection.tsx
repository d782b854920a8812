import { toast } from 'sonner';
import {
  type Block,
  blockIdOf,
  type Json,
  type NetworkNode,
  type NodeId,
  setAlong,
  setRepeat,
  setShared,
  substitute,
} from '@/document';
import { keepBlock } from '@/editor/blocks/commands';
import { makeOwn, openBlock, takeApart, untieNode } from '@/editor/blocks/edits';
import { openTie } from '@/editor/blocks/tying';
import { unfoldInstance } from '@/editor/blocks/unfolding';
import { Button, Switch, Tooltip } from '@/editor/ui';
import { nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { DraftInput } from '../params/DraftInput';
import { Section } from '../Section';

const MOST_COPIES = 1000;

const ROW = 'grid grid-cols-[var(--label,104px)_minmax(0,1fr)] items-start gap-x-2 py-1';

/** One value or several, as they are typed: `2, 1`; names and other texts without quotes. */
const written = (values: readonly Json[] | undefined): string =>
  (values ?? []).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');

function valuesIn(text: string): Json[] {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return JSON.parse(part) as Json;
      } catch {
        return part;
      }
    });
}

/** What an instance of a block is told besides its parameters: copies in a chain, and whose weights it has. */
export function InstanceSection({ id, node, block }: { id: NodeId; node: NetworkNode; block: Block }) {
  const edit = useNetwork((state) => state.edit);
  const environment = useNetwork((state) => state.inference.environment);
  const copies = useNetwork((state) => state.inference.copiesOf(id));
  const document = useNetwork((state) => state.document);
  const owner = node.tiedTo === undefined ? undefined : document.graph.nodes[node.tiedTo];
  const repeated = (node.repeat ?? 1) !== 1;
  return (
    <Section title="Block">
      <div className="flex flex-wrap gap-1.5 pb-1">
        <Tooltip content="Goes into the block, to see and change what it is made of.">
          <Button size="small" variant="primary" onClick={() => openBlock(id)}>
            Open
          </Button>
        </Tooltip>
        <Tooltip content="Shows its layers in its place on the canvas, to look at. Nothing changes.">
          <Button size="small" onClick={() => unfoldInstance(id)}>
            Show in place
          </Button>
        </Tooltip>
        <Tooltip content="Gives this one a definition of its own: changes to it no longer reach the others.">
          <Button size="small" onClick={() => makeOwn(id)}>
            Detach
          </Button>
        </Tooltip>
        <Tooltip content="Puts its layers in its place; the block itself is gone.">
          <Button
            size="small"
            onClick={() => {
              const refusal = takeApart(id);
              if (refusal !== null) toast(refusal);
            }}
          >
            Take apart
          </Button>
        </Tooltip>
        <Tooltip content="Keeps it among your own blocks in this browser, for other networks.">
          <Button size="small" onClick={() => keepBlock(document, blockIdOf(node.type) ?? '')}>
            Keep for later
          </Button>
        </Tooltip>
      </div>
      <div className={ROW}>
        <label htmlFor={`${id}-repeat`} className="flex min-h-7 items-center text-muted">
          Copies
        </label>
        <div>
          <DraftInput
            id={`${id}-repeat`}
            text={String(node.repeat ?? 1)}
            commit={(text) => {
              const plain = text.trim();
              const repeat = /^\d+$/.test(plain) ? Number(plain) : plain;
              const count = substitute(repeat, environment);
              if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_COPIES)
                return `A whole number from 1 to ${MOST_COPIES} is needed.`;
              edit(`Copies of ${nameOf(id, node)}`, (current) => setRepeat(current, id, repeat), {
                coalesce: `repeat ${id}`,
              });
              return null;
            }}
            step={(direction) =>
              typeof (node.repeat ?? 1) === 'number' ? String(Math.max(1, Number(node.repeat ?? 1) + direction)) : null
            }
          />
          {typeof node.repeat === 'string' ? <p className="mt-0.5 text-xs text-muted">= {copies}</p> : null}
        </div>
      </div>
      {repeated ? (
        <>
          <p className="pt-1 text-xs text-muted">
            In a chain: what comes out of one goes into the next. A parameter may change along it; the last value holds
            on.
          </p>
          {Object.keys(block.params ?? {}).map((name) => (
            <div key={name} className={ROW}>
              <label htmlFor={`${id}-along-${name}`} className="flex min-h-7 items-center text-muted">
                {name} along
              </label>
              <DraftInput
                id={`${id}-along-${name}`}
                text={written(node.along?.[name])}
                placeholder="all the same"
                commit={(text) => {
                  const values = valuesIn(text);
                  if (values.length > MOST_COPIES) return 'There are fewer copies than that.';
                  edit(
                    `${name} along ${nameOf(id, node)}`,
                    (current) => setAlong(current, id, name, values.length > 0 ? values : null),
                    { coalesce: `along ${id} ${name}` },
                  );
                  return null;
                }}
              />
            </div>
          ))}
          <div className={ROW}>
            <label htmlFor={`${id}-shared`} className="flex min-h-7 items-center text-muted">
              One set of weights
            </label>
            <div className="flex h-7 items-center">
              <Switch
                id={`${id}-shared`}
                checked={node.shared === true}
                onCheckedChange={(on) =>
                  edit(`Weights of the copies of ${nameOf(id, node)}`, (current) => setShared(current, id, on))
                }
              />
            </div>
          </div>
        </>
      ) : null}
      <div className={ROW}>
        <span className="flex min-h-7 items-center text-muted">Weights</span>
        <div className="flex min-h-7 flex-wrap items-center gap-1.5">
          {owner && node.tiedTo !== undefined ? (
            <>
              <span>those of {nameOf(node.tiedTo, owner)}</span>
              <Button size="small" onClick={() => untieNode(id)}>
                Give it its own
              </Button>
            </>
          ) : (
            <>
              <span>its own</span>
              <Button size="small" onClick={() => openTie(id)}>
                Share…
              </Button>
            </>
          )}
        </div>
      </div>
    </Section>
  );
}
