import { ArrowRight } from 'lucide-react';
import { type Dataset, sampleClass, sampleClasses, sampleEntries, type TextTask } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { TaggedText } from '../text/TaggedText';
import { TextLine } from '../text/TextLine';

/** Texts of so few steps stand beside each other. */
const FEW = 16;

const COLUMNS = {
  label: 'grid-cols-[repeat(auto-fill,minmax(220px,1fr))]',
  tags: 'grid-cols-[repeat(auto-fill,minmax(220px,1fr))]',
  continue: 'grid-cols-[repeat(auto-fill,minmax(220px,1fr))]',
  write: 'grid-cols-[repeat(auto-fill,minmax(320px,1fr))]',
} as const;

/** Whether many texts find room. */
export const areShort = (dataset: Dataset, { text }: TextTask): boolean =>
  (dataset.info.fields[text]?.shape[0] ?? 0) <= FEW;

interface Props {
  dataset: Dataset;
  task: TextTask;
  indices: readonly number[];
}

/** Texts of samples with what is to be learnt of them. */
export function TextList({ dataset, task, indices }: Props) {
  const short = areShort(dataset, task);
  return (
    <ul aria-label="Samples" className={`grid gap-x-8 border-t border-line ${short ? COLUMNS[task.kind] : ''}`}>
      {indices.map((index) => (
        <li key={index} className="flex gap-3 border-b border-line py-1.5" aria-label={`Sample ${index}`}>
          <span aria-hidden className="w-10 shrink-0 text-right text-[11px] leading-5 text-muted">
            {fullNumber(index)}
          </span>
          <div className="min-w-0 flex-1">
            <Sample dataset={dataset} task={task} index={index} />
          </div>
          {task.kind === 'label' ? (
            <span className="h-fit shrink-0 rounded-sm bg-sunken px-1.5 text-[11px] leading-5 text-muted">
              {sampleClass(dataset, index, task.target).name}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Sample({ dataset, task, index }: { dataset: Dataset; task: TextTask; index: number }) {
  const { fields } = dataset.info;
  const unit = fields[task.text]?.vocabulary?.unit ?? 'word';
  const entries = sampleEntries(dataset, index, task.text);
  if (task.kind === 'label' || task.kind === 'continue') return <TextLine unit={unit} entries={entries} />;
  const names = fields[task.target]?.classes ?? [];
  const classes = sampleClasses(dataset, index, task.target).map((at) => names[at] ?? String(at));
  if (task.kind === 'tags') return <TaggedText words={entries} tags={classes} />;
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <TextLine unit={unit} entries={entries} />
      <ArrowRight size={12} className="text-muted" aria-label="becomes" />
      <TextLine unit="sound" entries={classes.slice(0, -1)} />
    </p>
  );
}
