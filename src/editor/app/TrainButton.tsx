import { Pause, Play } from 'lucide-react';
import { nameOfKeys } from '@/editor/commands';
import { Button, Tooltip } from '@/editor/ui';
import { expectTraining, useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { trainPauseOrResume } from './train';

/** The one thing this page is for, in its one strong colour. */
export function TrainButton() {
  const status = useRun((state) => state.status);
  const running = isActive(status) && status !== 'paused';
  const title = running ? 'Pause' : status === 'paused' ? 'Resume' : 'Train';
  const Icon = running ? Pause : Play;
  return (
    <Tooltip content={nameOfKeys('$mod+Enter')}>
      <Button
        variant="primary"
        className="ml-1 min-w-20"
        onClick={trainPauseOrResume}
        onPointerEnter={expectTraining}
        onFocus={expectTraining}
      >
        <Icon size={13} aria-hidden fill="currentColor" strokeWidth={1.5} /> {title}
      </Button>
    </Tooltip>
  );
}
