import { ArrowRight } from 'lucide-react';
import { fullNumber } from '@/editor/inspector/numbers';
import { Mistake, TaggedText } from '@/editor/text/TaggedText';
import { TextLine } from '@/editor/text/TextLine';
import type { Probe, ProbeSequence } from '@/training/protocol';
import { type CellFilter, FilterLine } from './FilterLine';

const HINTS = {
  label: '',
  tags: 'Most mistakes first. A wrong class is struck out, with the right one beside it.',
  continue: 'Most mistakes first. Marked characters were told wrongly; point at one for what was said instead.',
  write: 'Most mistakes first. Each step is told knowing the right ones before it; a wrong one is struck out.',
} as const;

interface Props {
  probe: Probe;
  filter: CellFilter | null;
  onFilter(filter: CellFilter | null): void;
}

/** Validation texts with what the network says at each step. */
export function SequenceSamples({ probe: { sequences, classes, task }, filter, onFilter }: Props) {
  const name = (at: number): string => classes?.[at] ?? String(at);
  const shown = filter
    ? sequences.filter(({ actual, predicted }) =>
        actual.some((right, at) => right === filter.actual && predicted[at] === filter.predicted),
      )
    : sequences;
  return (
    <div className="flex flex-col gap-2">
      <FilterLine filter={filter} hint={HINTS[task ?? 'label']} name={name} onFilter={onFilter} />
      {shown.length === 0 ? (
        <p className="text-muted">None of the {sequences.length} samples shown here has such a step.</p>
      ) : null}
      <ol aria-label="Validation samples" className="divide-y divide-line border-y border-line">
        {shown.map((one) => (
          <li key={one.index} className="py-1.5">
            <p className="mb-0.5 text-[11px] text-muted">
              Sample {fullNumber(one.index)}: {rightOf(one)} of {one.actual.length} right
            </p>
            <Answered one={one} task={task} name={name} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const rightOf = ({ actual, predicted }: ProbeSequence): number =>
  actual.filter((right, at) => right === predicted[at]).length;

function Answered({ one, task, name }: { one: ProbeSequence; task: Probe['task']; name(at: number): string }) {
  const { text, actual, predicted } = one;
  if (task === 'tags') return <TaggedText words={text.entries} tags={predicted.map(name)} actual={actual.map(name)} />;
  const steps = actual.map((right, at) => ({ at, right: name(right), said: name(predicted[at] ?? right) }));
  if (task === 'continue') return <Guessed steps={steps} />;
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5">
      <TextLine {...text} />
      <ArrowRight size={12} className="self-center text-muted" aria-label="becomes" />
      {steps.map(({ at, right, said }) =>
        right === said ? (
          <span key={at} className="font-mono">
            {right}
          </span>
        ) : (
          <Mistake key={at} said={said} right={right} />
        ),
      )}
    </p>
  );
}

/** Characters as one reads them, those that were told wrongly marked. */
function Guessed({ steps }: { steps: readonly { at: number; right: string; said: string }[] }) {
  return (
    <p className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">
      {steps.map(({ at, right, said }) =>
        right === said ? (
          <span key={at}>{seen(right)}</span>
        ) : (
          <span key={at} title={`told: ${said}`} className="text-danger underline decoration-danger/60">
            {seen(right)}
          </span>
        ),
      )}
    </p>
  );
}

const seen = (name: string): string => (name === 'space' ? ' ' : name === 'line end' ? '↵\n' : name);
