import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Dataset, type Fields, sampleClass, textTask } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { IconButton, Select } from '@/editor/ui';
import { PictureList } from './PictureList';
import { areShort, TextList } from './TextList';

/** How many are shown at once: pictures and words are small, texts are long. */
const PAGE = { small: 60, long: 20 } as const;

/** The field that gives a whole sample one class. */
const labelOf = (fields: Fields): string | undefined =>
  Object.keys(fields).find((name) => fields[name]?.kind === 'class' && fields[name].shape.length === 0);

/** The samples, page by page, of all classes or of one. */
export function Samples({ dataset }: { dataset: Dataset }) {
  const [page, setPage] = useState(0);
  const [only, setOnly] = useState('all');
  const { fields } = dataset.info;
  const task = textTask(fields);
  const label = labelOf(fields);
  const classes = fields[label ?? '']?.classes ?? [];
  const indices = useMemo(() => {
    const all = Array.from({ length: dataset.size }, (_, index) => index);
    return only === 'all' ? all : all.filter((index) => sampleClass(dataset, index, label).index === Number(only));
  }, [dataset, only, label]);
  const size = task && !areShort(dataset, task) ? PAGE.long : PAGE.small;
  const pages = Math.max(1, Math.ceil(indices.length / size));
  const shown = useMemo(() => indices.slice(page * size, (page + 1) * size), [indices, page, size]);
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-2">
        <div className="w-40">
          {label === undefined ? null : (
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
          )}
        </div>
        <div className="flex items-center gap-1 text-xs text-muted tabular-nums">
          <IconButton label="Earlier samples" disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft size={14} />
          </IconButton>
          {fullNumber(page * size + 1)}–{fullNumber(Math.min(indices.length, (page + 1) * size))} of{' '}
          {fullNumber(indices.length)}
          <IconButton label="Later samples" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            <ChevronRight size={14} />
          </IconButton>
        </div>
      </div>
      {task ? (
        <TextList dataset={dataset} task={task} indices={shown} />
      ) : (
        <PictureList dataset={dataset} indices={shown} />
      )}
    </>
  );
}
