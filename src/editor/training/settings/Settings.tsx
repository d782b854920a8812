import { useState } from 'react';
import { DATASETS, datasetInfo } from '@/datasets';
import { type Json, setTraining, type Training } from '@/document';
import { ParamField } from '@/editor/inspector/params/ParamField';
import { Select } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { BackendSetting } from './BackendSetting';
import { BatchKinds } from './BatchKinds';
import { OptimizerSettings } from './OptimizerSettings';
import { HOLD_OUT, SETTINGS, STOPPING } from './specs';

/** How the network is trained. All of it but the backend is part of the document. */
export function Settings() {
  const training = useNetwork((state) => state.whole.training);
  const edit = useNetwork((state) => state.editWhole);
  const [more, setMore] = useState(false);
  const set = (label: string, change: Partial<Training>) =>
    edit(label, (document) => setTraining(document, change), { coalesce: `training ${Object.keys(change).join(' ')}` });
  const field = (key: keyof typeof SETTINGS) => (
    <ParamField
      key={key}
      spec={SETTINGS[key]}
      current={{ raw: training[key], value: training[key] }}
      fields={undefined}
      set={(value: Json | undefined) =>
        set(SETTINGS[key].label.toLowerCase(), { [key]: value ?? SETTINGS[key].default } as Partial<Training>)
      }
    />
  );
  const hold = training.validationSplit;
  const info = training.dataset === undefined ? undefined : datasetInfo(training.dataset);
  return (
    <section aria-label="Training settings">
      <div className="grid grid-cols-[var(--label,104px)_minmax(0,1fr)] items-center gap-x-2 py-1">
        <span className="text-muted">Data set</span>
        <Select
          label="Data set"
          value={training.dataset ?? ''}
          placeholder="Choose one"
          options={DATASETS.map(({ id, title }) => ({ value: id, label: title }))}
          onValueChange={(dataset) => set(`train on ${datasetInfo(dataset)?.title ?? dataset}`, { dataset })}
        />
      </div>
      {field('batchSize')}
      {info ? (
        <BatchKinds info={info} set={(batchSize) => set(SETTINGS.batchSize.label.toLowerCase(), { batchSize })} />
      ) : null}
      {field('epochs')}
      {training.phases.map((phase, index) => (
        // Phases have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <OptimizerSettings key={index} phase={phase} index={index} more={more} />
      ))}
      {more ? (
        <>
          {field('seed')}
          {field('shuffle')}
          <ParamField
            spec={HOLD_OUT}
            current={{ raw: hold, value: hold ?? null }}
            fields={undefined}
            set={(value) => set('hold out', { validationSplit: typeof value === 'number' ? value : undefined })}
          />
          <ParamField
            spec={STOPPING.patience}
            current={{ raw: training.stopping?.patience, value: training.stopping?.patience ?? null }}
            fields={undefined}
            set={(value) =>
              set('early stopping', {
                stopping:
                  typeof value === 'number'
                    ? { minDelta: 0, restoreBest: true, ...training.stopping, patience: value }
                    : undefined,
              })
            }
          />
          {training.stopping ? (
            <ParamField
              spec={STOPPING.restoreBest}
              current={{ raw: training.stopping.restoreBest, value: training.stopping.restoreBest }}
              fields={undefined}
              set={(value) =>
                training.stopping &&
                set('best weights', { stopping: { ...training.stopping, restoreBest: value !== false } })
              }
            />
          ) : null}
          <ParamField
            spec={STOPPING.timeLimit}
            current={{ raw: training.timeLimit, value: training.timeLimit ?? null }}
            fields={undefined}
            set={(value) => set('time limit', { timeLimit: typeof value === 'number' ? value : undefined })}
          />
          <BackendSetting />
        </>
      ) : null}
      <button
        type="button"
        aria-expanded={more}
        className="h-6 text-xs text-accent hover:underline"
        onClick={() => setMore(!more)}
      >
        {more ? 'Fewer settings' : 'More settings'}
      </button>
    </section>
  );
}
