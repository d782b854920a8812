import type { NetworkDocument } from '@/document';
import { type Inference, inferenceMemory, trainingMemory } from '@/inference';
import { layerCount, layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { useView } from '@/state/view';
import { fullNumber, tightNumber } from '../numbers';
import { ReceptiveField } from '../ReceptiveField';
import { Section } from '../Section';
import { MemoryTable } from './MemoryTable';
import { ShareBar } from './ShareBar';

/** The network as a whole. */
export function NetworkInspector() {
  const document = useNetwork((state) => state.document);
  const inference = useNetwork((state) => state.inference);
  const { totals } = inference;
  const predicting = inferenceMemory(inference.opened.inference, document.training.batchSize);
  const count = Object.keys(document.graph.nodes).length;
  const drawn = layerCount(document.graph.nodes);
  const all = layerCount(inference.opened.document.graph.nodes);
  return (
    <>
      <header className="px-3 pt-3 pb-2">
        <h2 className="text-sm font-semibold break-words">{document.name}</h2>
        {count === 0 ? null : (
          <p className="text-xs text-muted">
            {all === 1 ? '1 layer' : `${fullNumber(all)} layers`}
            {all > drawn ? `, ${drawn === 0 ? 'all' : fullNumber(all - drawn)} of them in blocks` : ''}. Select one to
            see its hyperparameters and arithmetic.
          </p>
        )}
      </header>
      {count === 0 ? (
        <p className="px-3 text-muted">
          The network is empty. Add an Input from the palette, or open one from the gallery.
        </p>
      ) : totals ? (
        <>
          <Section title="Totals">
            <dl className="flex flex-col gap-1">
              <Total title="Parameters" value={totals.parameters} />
              <Total title="trainable" value={totals.trainable} inset />
              <Total title="not trainable" value={totals.nonTrainable} inset />
              {totals.pytorch.parameters === totals.parameters ? null : (
                <Total
                  title="in PyTorch"
                  value={totals.pytorch.parameters}
                  note="PyTorch does not count running averages, and gives recurrent layers two biases."
                />
              )}
              <Total title="Multiply-adds, one sample" value={totals.macs} />
              <Total title="Floating-point operations" value={totals.flops} />
            </dl>
            <p className="pt-1 text-xs text-muted">
              Multiply-adds are those of matrix products and convolutions; each is two floating-point operations.
            </p>
          </Section>
          <Section title="Where the parameters are">
            <ShareBar measure="parameters" />
          </Section>
          <Section title={`Memory for training, batch of ${document.training.batchSize}`}>
            <MemoryTable parts={trainingMemory(totals, document.training)} />
          </Section>
          {predicting ? (
            <Section title={`Memory for predicting, batch of ${document.training.batchSize}`}>
              <MemoryTable parts={predicting} />
            </Section>
          ) : null}
          <LargestField inference={inference} document={document} />
        </>
      ) : (
        <Withheld problems={inference.problems.filter(({ severity }) => severity === 'error').length} />
      )}
    </>
  );
}

function Total({
  title,
  value,
  note,
  inset = false,
}: {
  title: string;
  value: Parameters<typeof fullNumber>[0];
  /** Why it is another number. */
  note?: string;
  inset?: boolean;
}) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-2">
      <dt className={inset ? 'pl-3 text-muted' : 'text-muted'}>{title}</dt>
      <dd className="ml-auto text-right tabular-nums" title={tightNumber(value)}>
        {fullNumber(value)}
      </dd>
      {note === undefined ? null : <dd className="w-full text-xs text-muted">{note}</dd>}
    </div>
  );
}

/** Wrong totals are worse than none. */
function Withheld({ problems }: { problems: number }) {
  const openDock = useView((state) => state.openDock);
  return (
    <Section title="Totals">
      <p className="text-muted">
        Not shown while {problems === 1 ? 'a problem stands' : `${problems} problems stand`}: they would be wrong.
      </p>
      <button type="button" className="mt-1 text-accent hover:underline" onClick={() => openDock('problems')}>
        Show {problems === 1 ? 'the problem' : 'the problems'}
      </button>
    </Section>
  );
}

/** What the last unit before a loss sees, where that is known of it. */
function LargestField({ inference, document }: { inference: Inference; document: NetworkDocument }) {
  const last = inference.order.findLast((id) => {
    const node = document.graph.nodes[id];
    return node && layerIn(document, node.type)?.role !== 'loss';
  });
  const field = last === undefined ? null : inference.nodes.get(last)?.receptiveField;
  if (!field) return null;
  return (
    <Section title="What one output sees">
      <dl>
        <ReceptiveField field={field} />
      </dl>
    </Section>
  );
}
