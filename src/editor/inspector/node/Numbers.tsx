import type { NodeInference } from '@/inference';
import { type Derivation, formatBatchShape, type LayerDeclaration, product, sameShape, type Weight } from '@/layers';
import { ExplainedNumber } from '../ExplainedNumber';
import { Explanation } from '../Explanation';
import { formatBytes, fullNumber } from '../numbers';
import { ReceptiveField } from '../ReceptiveField';
import { Section } from '../Section';

const isBytes = (derivation: Derivation): boolean => derivation.title.toLowerCase().includes('bytes');

/** The output, and every number in the order it comes about, with its arithmetic. */
export function Numbers({ inference, layer }: { inference: NodeInference; layer: LayerDeclaration | undefined }) {
  const { output, derivations, receptiveField, parameters, trainable, pytorch, weights } = inference;
  if (!output) {
    return (
      <Section title="Output">
        <p className="text-muted">Not known while a problem here or above stands.</p>
      </Section>
    );
  }
  return (
    <Section
      title="Output"
      aside={<output className="font-medium tabular-nums">{formatBatchShape(output.shape) || 'scalar'}</output>}
    >
      <dl className="flex flex-col gap-2 pt-1">
        {derivations.map((derivation) => (
          <div key={derivation.title} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2">
            <dt className="text-muted">{derivation.title.replace(/, bytes$/, '')}</dt>
            <dd>
              <ExplainedNumber derivation={derivation}>
                {isBytes(derivation) ? formatBytes(derivation.result) : fullNumber(derivation.result)}
              </ExplainedNumber>
            </dd>
            <dd className="col-span-2">
              <Explanation derivation={derivation} unit={isBytes(derivation) ? 'bytes' : undefined} />
            </dd>
          </div>
        ))}
        {parameters !== trainable ? (
          <div className="flex items-baseline justify-between gap-2">
            <dt className="text-muted">of these, trainable</dt>
            <dd className="tabular-nums">{fullNumber(trainable)}</dd>
          </div>
        ) : null}
        {sameShape([pytorch.parameters], [parameters]) ? null : (
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2">
            <dt className="text-muted">in PyTorch</dt>
            <dd className="tabular-nums">{fullNumber(pytorch.parameters)}</dd>
            <dd className="col-span-2 text-xs text-muted">{otherwiseInPyTorch(weights)}</dd>
          </div>
        )}
        {receptiveField && layer?.role !== 'loss' ? <ReceptiveField field={receptiveField} /> : null}
      </dl>
    </Section>
  );
}

/** Which weights PyTorch counts otherwise: Keras's one bias of a recurrent layer is two there, running averages none. */
function otherwiseInPyTorch(weights: readonly Weight[]): string {
  const other = weights.filter(
    ({ pytorch, shape }) => pytorch !== undefined && !sameShape([pytorch], [product(shape)]),
  );
  if (other.length === 0) return 'Some of its layers have other biases there, or averages that are not counted.';
  const uncounted = other.filter(({ pytorch }) => pytorch === 0).map(({ name }) => name);
  const larger = other.filter(({ pytorch }) => pytorch !== 0);
  return [
    ...(uncounted.length > 0 ? [`It does not count ${uncounted.join(' and ')}.`] : []),
    ...larger.map(({ name, pytorch = 0 }) => `It counts ${fullNumber(pytorch)} for ${name}.`),
  ].join(' ');
}
