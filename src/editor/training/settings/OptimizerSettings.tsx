import { Fragment } from 'react';
import { type Json, type Optimizer, optimizerSchema, type Phase, type Schedule, setTraining } from '@/document';
import { ParamField } from '@/editor/inspector/params/ParamField';
import { useNetwork } from '@/state/network';
import { FindRate } from '../rates/FindRate';
import { ScheduleSettings } from './ScheduleSettings';
import { OPTIMIZER, optimizerSettings, optimizerTitle } from './specs';

const CONSTANT: Schedule = { type: 'constant' };

/** The optimizer of one phase, and its settings: only the learning rate unless more is asked for. */
export function OptimizerSettings({ phase, index, more }: { phase: Phase; index: number; more: boolean }) {
  const edit = useNetwork((state) => state.editWhole);
  const { optimizer } = phase;
  const values = optimizer as Readonly<Record<string, Json>>;
  const replace = (label: string, next: Optimizer) =>
    edit(
      label,
      (document) =>
        setTraining(document, {
          phases: document.training.phases.map((other, at) => (at === index ? { ...other, optimizer: next } : other)),
        }),
      { coalesce: `optimizer ${index}` },
    );
  const change = (key: string, label: string, value: unknown) => {
    const { [key]: _before, ...rest } = values;
    // Null is how a field says that what it sets is off.
    const next = optimizerSchema.safeParse(value === undefined || value === null ? rest : { ...rest, [key]: value });
    if (next.success) replace(`${label.toLowerCase()} of ${optimizerTitle(optimizer)}`, next.data);
  };
  return (
    <>
      {phase.name === undefined ? null : <h4 className="pt-1 text-xs text-muted">{phase.name}</h4>}
      <ParamField
        spec={OPTIMIZER}
        current={{ raw: undefined, value: optimizer.type }}
        fields={undefined}
        set={(type) => {
          const next = optimizerSchema.safeParse({ type });
          if (next.success) replace(`optimizer ${optimizerTitle(next.data)}`, next.data);
        }}
      />
      {Object.entries(optimizerSettings(optimizer.type))
        .filter(([key]) => more || key === 'learningRate')
        .map(([key, spec]) => (
          <Fragment key={`${optimizer.type} ${key}`}>
            <ParamField
              spec={spec}
              current={{ raw: values[key], value: values[key] ?? spec.default }}
              fields={undefined}
              set={(value) => change(key, spec.label, value)}
            />
            {key === 'learningRate' ? <FindRate phase={index} /> : null}
          </Fragment>
        ))}
      {more || optimizer.schedule ? (
        <ScheduleSettings
          schedule={optimizer.schedule ?? CONSTANT}
          learningRate={optimizer.learningRate}
          set={(schedule) => change('schedule', 'Schedule', schedule)}
        />
      ) : null}
    </>
  );
}
