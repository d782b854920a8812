import { Link2, Snowflake } from 'lucide-react';
import type { NetworkNode, NodeId } from '@/document';
import { ExplainedNumber } from '@/editor/inspector';
import { tightNumber } from '@/editor/inspector/numbers';
import type { NodeInference, Problem } from '@/inference';
import type { Derivation, LayerDeclaration } from '@/layers';
import { digestOf, shapeText } from '../flow/label';

interface Props {
  id: NodeId;
  name: string;
  node: NetworkNode;
  layer: LayerDeclaration | undefined;
  /** Of a repeated block. */
  copies: number;
  /** The owner of weights that it shares with others. */
  shares: NodeId | null;
  /** One that uses the same weights is selected. */
  lit: boolean;
  inference: NodeInference | undefined;
  severity: Problem['severity'] | undefined;
}

/** The figure in the paper: type and name, the values that matter, what comes out and what it costs. */
export function Card({ id, name, node, layer, copies, shares, lit, inference, severity }: Props) {
  const parameters = inference?.derivations.find(isParameters);
  const digest = digestOf(node, layer, inference);
  return (
    <div
      className="layer-card"
      data-problem={severity}
      data-role={layer?.role}
      data-lit={lit || undefined}
      data-testid={`card-${id}`}
    >
      <div className="card-words">
        <div className="card-title">
          <span className="family-dot" style={{ background: `var(--family-${layer?.family ?? 'unknown'})` }} />
          <span className="min-w-0 truncate font-medium">{layer?.title ?? node.type}</span>
        </div>
        <div className="card-name" data-alone={digest === '' || undefined}>
          {copies > 1 ? (
            <span className="copies" title={node.shared ? `${copies} copies, one set of weights` : `${copies} copies`}>
              ×{copies}
            </span>
          ) : null}
          {shares === null && !node.shared ? null : (
            <Link2
              size={12}
              aria-label={shares === null ? 'Its copies share weights' : 'Shares weights'}
              className="shared-mark shrink-0"
            />
          )}
          {node.trainable === false ? (
            <Snowflake size={12} aria-label="Frozen" className="shrink-0 text-muted" />
          ) : null}
          <span className="min-w-0 truncate text-xs text-muted" title={name}>
            {name}
          </span>
        </div>
        <div className="card-digest">{digest}</div>
      </div>
      <div className="flex items-baseline justify-between gap-2 text-xs tabular-nums">
        <span className="min-w-0 truncate">{shapeText(node.type, inference)}</span>
        {inference && inference.parameters !== 0 ? (
          parameters ? (
            <ExplainedNumber derivation={parameters} tabStop={false}>
              {tightNumber(inference.parameters)}
            </ExplainedNumber>
          ) : (
            <span>{tightNumber(inference.parameters)}</span>
          )
        ) : null}
      </div>
    </div>
  );
}

const isParameters = ({ title }: Derivation): boolean => title === 'Parameters';
