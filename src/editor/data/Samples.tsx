import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Dataset, sampleClass, samplePixels } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { IconButton, Select } from '@/editor/ui';
import { PixelImage } from './PixelImage';

const PAGE = 60;

/** The samples, page by page, of all classes or of one. */
export function Samples({ dataset }: { dataset: Dataset }) {
  const [page, setPage] = useState(0);
  const [only, setOnly] = useState('all');
  const classes = dataset.info.fields.label?.classes ?? [];
  const indices = useMemo(() => {
    const all = Array.from({ length: dataset.size }, (_, index) => index);
    return only === 'all' ? all : all.filter((index) => sampleClass(dataset, index).index === Number(only));
  }, [dataset, only]);
  const pages = Math.max(1, Math.ceil(indices.length / PAGE));
  const shown = useMemo(
    () =>
      indices.slice(page * PAGE, (page + 1) * PAGE).map((index) => ({
        index,
        name: sampleClass(dataset, index).name,
        pixels: samplePixels(dataset, index),
      })),
    [dataset, indices, page],
  );
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-2">
        <div className="w-40">
          <Select
            label="Class shown"
            value={only}
            options={[
              { value: 'all', label: 'All classes' },
              ...classes.map((name, index) => ({ value: String(index), label: name })),
            ]}
            onValueChange={(value) => {
              setOnly(value);
              setPage(0);
            }}
          />
        </div>
        <div className="flex items-center gap-1 text-xs text-muted tabular-nums">
          <IconButton label="Earlier samples" disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft size={14} />
          </IconButton>
          {fullNumber(page * PAGE + 1)}–{fullNumber(Math.min(indices.length, (page + 1) * PAGE))} of{' '}
          {fullNumber(indices.length)}
          <IconButton label="Later samples" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            <ChevronRight size={14} />
          </IconButton>
        </div>
      </div>
      <ul aria-label="Samples" className="grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1.5">
        {shown.map(({ index, name, pixels }) => (
          <li key={index} className="text-center" title={`Sample ${fullNumber(index)}: ${name}`}>
            <PixelImage {...pixels} label={`Sample ${index}: ${name}`} className="aspect-square w-full rounded-sm" />
            <span aria-hidden className="block truncate text-[11px] text-muted">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
