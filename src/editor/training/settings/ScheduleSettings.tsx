import { type Json, rateAt, type Schedule, scheduleSchema } from '@/document';
import { ParamField } from '@/editor/inspector/params/ParamField';
import { useNetwork } from '@/state/network';
import { SCHEDULE, scheduleSettings } from './specs';

interface Props {
  schedule: Schedule;
  /** Undefined where the rate is simply constant. */
  set(schedule: Schedule | undefined): void;
}

/** How the learning rate changes, with a drawing of it over the run. */
export function ScheduleSettings({ schedule, set }: Props) {
  const values = schedule as Readonly<Record<string, Json>>;
  const change = (key: string, value: Json | undefined) => {
    const { [key]: _before, ...rest } = values;
    const next = scheduleSchema.safeParse(value === undefined || value === null ? rest : { ...rest, [key]: value });
    if (next.success) set(isPlain(next.data) ? undefined : next.data);
  };
  return (
    <>
      <ParamField
        spec={SCHEDULE}
        current={{ raw: undefined, value: schedule.type }}
        fields={undefined}
        set={(type) => {
          const next = scheduleSchema.safeParse({
            type,
            ...(schedule.type !== 'oneCycle' && { warmUp: schedule.warmUp }),
          });
          const bare = scheduleSchema.safeParse({ type });
          const chosen = next.success ? next : bare;
          if (chosen.success) set(isPlain(chosen.data) ? undefined : chosen.data);
        }}
      />
      {Object.entries(scheduleSettings(schedule.type)).map(([key, spec]) => (
        <ParamField
          key={`${schedule.type} ${key}`}
          spec={spec}
          current={{ raw: values[key], value: values[key] ?? spec.default }}
          fields={undefined}
          set={(value) => change(key, value)}
        />
      ))}
      {isPlain(schedule) || schedule.type === 'plateau' ? null : <Curve schedule={schedule} />}
    </>
  );
}

const isPlain = (schedule: Schedule): boolean =>
  schedule.type === 'constant' && (schedule.warmUp === undefined || schedule.warmUp === 0);

const WIDTH = 240;
const HEIGHT = 48;

/** The share of the learning rate over the whole run. */
function Curve({ schedule }: { schedule: Schedule }) {
  const epochs = useNetwork((state) => state.whole.training.epochs);
  const points = Array.from({ length: WIDTH + 1 }, (_, x) => {
    const rate = rateAt(schedule, { done: (x / WIDTH) * epochs, epochs, stepsPerEpoch: 100 });
    return `${x},${(HEIGHT - 2 - rate * (HEIGHT - 4)).toFixed(1)}`;
  });
  return (
    <figure className="py-1" aria-label="The learning rate over the run">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-12 w-full" preserveAspectRatio="none" aria-hidden>
        <polyline
          points={points.join(' ')}
          className="fill-none stroke-accent"
          vectorEffect="non-scaling-stroke"
          strokeWidth={1.5}
        />
      </svg>
      <figcaption className="flex justify-between text-xs text-muted">
        <span>epoch 1</span>
        <span>learning rate</span>
        <span>epoch {epochs}</span>
      </figcaption>
    </figure>
  );
}
