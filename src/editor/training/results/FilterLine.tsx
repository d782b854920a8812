import { X } from 'lucide-react';
import { Button } from '@/editor/ui';

/** One cell of the confusion matrix. */
export interface CellFilter {
  actual: number;
  predicted: number;
}

interface Props {
  filter: CellFilter | null;
  /** Said where all are shown. */
  hint: string;
  name(index: number): string;
  onFilter(filter: CellFilter | null): void;
}

/** Which samples are shown, and the way back to all of them. */
export function FilterLine({ filter, hint, name, onFilter }: Props) {
  if (!filter) return <p className="text-xs text-muted">{hint}</p>;
  return (
    <p className="flex items-center justify-between gap-2 text-xs">
      {name(filter.actual)} taken for {name(filter.predicted)}
      <Button size="small" onClick={() => onFilter(null)}>
        <X size={12} aria-hidden /> Show all
      </Button>
    </p>
  );
}
