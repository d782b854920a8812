import { Controls } from './Controls';
import { Charts } from './charts/Charts';
import { FailureNotice } from './FailureNotice';
import { ProgressLine } from './ProgressLine';
import { RunNotices } from './RunNotices';
import { RateSearch } from './rates/RateSearch';
import { Results } from './results/Results';
import { Settings } from './settings/Settings';
import { Warnings } from './Warnings';

/** Training, from its settings through its curves to what the network has learnt. */
export function TrainingPanel() {
  return (
    <section aria-label="Training" className="@container h-full overflow-auto text-[13px]">
      <div className="grid min-h-full grid-cols-[minmax(0,1fr)] @2xl:grid-cols-[256px_minmax(0,1fr)] @4xl:h-full @4xl:grid-cols-[240px_minmax(0,1fr)_316px] @6xl:grid-cols-[272px_minmax(0,1fr)_400px]">
        <div className="flex flex-col gap-2 border-line p-3 @4xl:[--label:84px] @6xl:[--label:104px] @2xl:row-span-2 @2xl:border-r @4xl:row-span-1 @4xl:overflow-y-auto">
          <Controls />
          <Settings />
        </div>
        <div className="flex min-h-64 min-w-0 flex-col gap-2 p-3 @4xl:min-h-0 @4xl:overflow-y-auto">
          <ProgressLine />
          <FailureNotice />
          <RunNotices />
          <Warnings />
          <RateSearch />
          <Charts />
        </div>
        <div className="min-h-72 min-w-0 border-line p-3 @4xl:[--segment:6px] @6xl:[--segment:10px] @4xl:min-h-0 @4xl:overflow-y-auto @4xl:border-l">
          <Results />
        </div>
      </div>
    </section>
  );
}
