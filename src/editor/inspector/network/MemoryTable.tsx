import type { Derivation } from '@/layers';
import { ExplainedNumber } from '../ExplainedNumber';
import { formatBytes } from '../numbers';

/** Parts and their sum, each with its arithmetic. */
export function MemoryTable({ parts }: { parts: readonly Derivation[] }) {
  return (
    <dl className="flex flex-col gap-1">
      {parts.map((part, index) => (
        <div
          key={part.title}
          className={`flex flex-wrap items-start justify-between gap-x-2 ${index === parts.length - 1 ? 'border-t border-line pt-1 font-medium' : ''}`}
        >
          <dt className="text-muted">{part.title}</dt>
          <dd className="ml-auto text-right">
            <ExplainedNumber derivation={part} unit="bytes" className="text-right">
              {formatBytes(part.result)}
            </ExplainedNumber>
          </dd>
        </div>
      ))}
    </dl>
  );
}
