import { type Json, rateAt, type Schedule, scheduleSchema } from '@/document';
import { ParamField } from '@/editor/inspector/params/ParamField';
import { useNetwork } from '@/state/network';
import { SCHEDULE, scheduleSettings } from './specs';

interface Props {
  schedule: Schedule;
  /** The rate that it takes shares of. */
  learningRate: number;
  /** Undefined where the rate is simply constant. */
  set(schedule: Schedule | undefined): void;
}

/** How the learning rate changes, with a drawing of it over the run. */
export function ScheduleSettings({ schedule, learningRate, set }: Props) {
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
      {schedule.type === 'plateau' ? (
        <p className="py-1 text-xs text-muted">
          When the rate falls is decided by the loss, so it cannot be drawn before.
        </p>
      ) : isPlain(schedule) ? null : (
        <Curve schedule={schedule} learningRate={learningRate} />
      )}
    </>
  );
}

const isPlain = (schedule: Schedule): boolean =>
  schedule.type === 'constant' && (schedule.warmUp === undefined || schedule.warmUp === 0);

const WIDTH = 240;
const HEIGHT = 48;

/** The learning rate over the whole run, from zero to the one that is set. */
function Curve({ schedule, learningRate }: { schedule: Schedule; learningRate: number }) {
  const epochs = useNetwork((state) => state.whole.training.epochs);
  const shares = Array.from({ length: WIDTH + 1 }, (_, x) =>
    rateAt(schedule, { done: (x / WIDTH) * epochs, epochs, stepsPerEpoch: 100 }),
  );
  const points = shares.map((share, x) => `${x},${(HEIGHT - 2 - share * (HEIGHT - 4)).toFixed(1)}`);
  return (
    <figure className="py-1" aria-label="The learning rate over the run">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-1.5 text-xs text-muted tabular-nums">
        <span className="flex flex-col justify-between text-right leading-none">
          <span>{learningRate}</span>
          <span>0</span>
        </span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-12 w-full" preserveAspectRatio="none" aria-hidden>
          <polyline
            points={points.join(' ')}
            className="fill-none stroke-accent"
            vectorEffect="non-scaling-stroke"
            strokeWidth={1.5}
          />
        </svg>
        <span />
        <figcaption className="flex justify-between">
          <span>epoch 1</span>
          <span>epoch {epochs}</span>
        </figcaption>
      </div>
      {shares.every((share) => share === shares[0]) ? (
        <p className="text-xs text-muted">
          It does not change within {epochs === 1 ? 'one epoch' : `${epochs} epochs`}.
        </p>
      ) : null}
    </figure>
  );
}
