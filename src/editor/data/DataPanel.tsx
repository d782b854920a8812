import { ExternalLink } from 'lucide-react';
import { DATASETS, type DatasetInfo, datasetInfo } from '@/datasets';
import { setTraining } from '@/document';
import { formatBytes, fullNumber } from '@/editor/inspector/numbers';
import { Button, Select } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { ClassCounts } from './ClassCounts';
import { fieldText } from './fieldText';
import { Samples } from './Samples';
import { SplitBar } from './SplitBar';
import { type Loading, useDataset } from './useDataset';

/** What the network learns from: samples, classes, the split, where it is from. */
export function DataPanel() {
  const id = useNetwork((state) => state.whole.training.dataset);
  const edit = useNetwork((state) => state.editWhole);
  const info = id === undefined ? undefined : datasetInfo(id);
  return (
    <section aria-label="Data" className="h-full overflow-y-auto p-3 text-[13px]">
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-56">
          <Select
            label="Data set"
            value={id ?? ''}
            placeholder="Choose a data set"
            options={DATASETS.map((set) => ({ value: set.id, label: set.title }))}
            onValueChange={(dataset) =>
              edit(`train on ${datasetInfo(dataset)?.title ?? dataset}`, (document) =>
                setTraining(document, { dataset }),
              )
            }
          />
        </div>
        <p className="min-w-0 flex-1 text-muted">
          {info?.summary ??
            (id === undefined
              ? 'What the network is to learn from. Without data it can be drawn, but not trained.'
              : '')}
        </p>
      </div>
      {id !== undefined && !info ? (
        <p className="mt-3 text-danger">
          This network was trained on “{id}”, which is not in the catalogue. Choose another.
        </p>
      ) : null}
      {info ? <Content key={info.id} info={info} /> : null}
    </section>
  );
}

function Content({ info }: { info: DatasetInfo }) {
  const { loading, retry } = useDataset(info.id);
  return (
    <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_280px]">
      <div className="min-w-0">
        {loading.state === 'ready' ? (
          <Samples dataset={loading.dataset} />
        ) : (
          <Waiting info={info} loading={loading} retry={retry} />
        )}
      </div>
      <div className="flex flex-col gap-4">
        <SplitBar info={info} />
        {loading.state === 'ready' ? <ClassCounts dataset={loading.dataset} /> : null}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
          <dt className="text-muted">Samples</dt>
          <dd className="tabular-nums">{fullNumber(info.samples.train + info.samples.test)}</dd>
          <dt className="text-muted">Fields</dt>
          <dd>
            {Object.entries(info.fields).map(([name, field]) => (
              <span key={name} className="block">
                {name}: {fieldText(field)}
              </span>
            ))}
          </dd>
          <dt className="text-muted">Download</dt>
          <dd className="tabular-nums">{formatBytes(info.bytes)}</dd>
          <dt className="text-muted">Source</dt>
          <dd>
            <Anchor href={info.source.url}>{info.source.title}</Anchor>
          </dd>
          <dt className="text-muted">Licence</dt>
          <dd>
            <Anchor href={info.licence.url}>{info.licence.name}</Anchor>
          </dd>
        </dl>
      </div>
    </div>
  );
}

function Anchor({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent hover:underline">
      {children} <ExternalLink size={10} className="inline" aria-label="(opens in a new tab)" />
    </a>
  );
}

function Waiting({
  info,
  loading,
  retry,
}: {
  info: DatasetInfo;
  loading: Exclude<Loading, { state: 'ready' }>;
  retry(): void;
}) {
  if (loading.state === 'failed') {
    return (
      <div role="alert">
        <p className="text-danger">{loading.message}</p>
        <div className="mt-2">
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        </div>
      </div>
    );
  }
  const { loaded, total } = loading.progress ?? { loaded: 0, total: info.bytes };
  return (
    <div className="max-w-sm">
      <label className="text-muted">
        Loading {info.title}: {formatBytes(loaded)} of {formatBytes(total)}
        <progress
          className="mt-1 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          value={loaded}
          max={total}
        />
      </label>
    </div>
  );
}
