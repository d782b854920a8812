import { Fragment } from 'react';
import type { NetworkNode } from '@/document';
import {
  derive,
  formatDim,
  INITIALIZERS,
  type Initializer,
  isSymbol,
  product,
  typeOf,
  type Variants,
  type Weight,
} from '@/layers';
import { ExplainedNumber } from '../ExplainedNumber';
import { fullNumber } from '../numbers';
import { Section } from '../Section';

/** Each weight: its shape, how many values that is, how it begins and whether training changes it. */
export function Weights({ node, weights }: { node: NetworkNode; weights: readonly Weight[] }) {
  return (
    <Section
      title="Weights"
      aside={node.tiedTo === undefined ? null : <span className="text-xs text-muted">shared with {node.tiedTo}</span>}
    >
      <div className="overflow-x-auto">
        <table className="w-full text-xs">
          <thead className="text-left text-muted">
            <tr>
              <th className="pr-2 font-normal">Name</th>
              <th className="pr-2 font-normal">Shape</th>
              <th className="pr-2 text-right font-normal">Count</th>
              <th className="font-normal">Begins as</th>
            </tr>
          </thead>
          <tbody>
            {weights.map((weight) => (
              <tr key={weight.name} className="align-top">
                <th scope="row" className="py-0.5 pr-2 text-left font-normal">
                  {breakable(weight.name)}
                  {weight.trainable && node.trainable !== false ? null : (
                    <span className="block text-muted">{weight.trainable ? 'frozen' : 'not trained'}</span>
                  )}
                </th>
                <td className="py-0.5 pr-2 tabular-nums" title={weight.symbols.join(' × ')}>
                  {weight.shape.map(formatDim).join('×')}
                </td>
                <td className="py-0.5 pr-2 text-right">
                  <Count weight={weight} />
                </td>
                <td className="py-0.5 text-muted">{initializerTitle(weight.initializer)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** May be broken after the slashes and underscores that long names are made of. */
const breakable = (name: string) =>
  name.split(/(?<=[/_])/).map((part, at) => (
    // The parts of a name have no identity but their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ));

/** The product of the sizes, by their symbols where these can be used in a formula. */
function Count({ weight: { name, shape, symbols } }: { weight: Weight }) {
  if (!symbols.every(isSymbol) || new Set(symbols).size !== shape.length || shape.length === 0) {
    return <span className="tabular-nums">{fullNumber(product(shape))}</span>;
  }
  const values = Object.fromEntries(symbols.map((symbol, axis) => [symbol, shape[axis] ?? 1]));
  return <ExplainedNumber derivation={derive(`Values in ${name}`, symbols.join('·'), values)} />;
}

/** `Constant, value 1`. */
function initializerTitle(initializer: Initializer): string {
  const facts: Variants = INITIALIZERS;
  const settings =
    typeof initializer === 'string' ? [] : Object.entries(initializer).filter(([name]) => name !== 'type');
  const kind = facts[typeOf(initializer)];
  return [
    kind?.title ?? typeOf(initializer),
    ...settings.map(([name, value]) => `${kind?.settings?.[name]?.label.toLowerCase() ?? name} ${value}`),
  ].join(', ');
}
