import { FastForward, Pause, Play, Square, StepForward } from 'lucide-react';
import { Button, IconButton } from '@/editor/ui';
import { useView } from '@/state/view';
import { useTrain } from './useTrain';

/** Train, pause, one batch, stop. What cannot be done now is disabled; why Train cannot is said beside it. */
export function Controls() {
  const { obstacle, active, paused, train, pause, resume, step, stop, further, goOn } = useTrain();
  const openDock = useView((state) => state.openDock);
  const leadsTo = obstacle?.leadsTo;
  return (
    <div>
      <div role="toolbar" aria-label="Training" className="flex items-center gap-1.5">
        {!active && goOn ? (
          <>
            <Button variant="primary" onClick={goOn}>
              <Play size={14} aria-hidden /> Go on
            </Button>
            <Button onClick={train}>Train anew</Button>
          </>
        ) : !active ? (
          <Button variant="primary" disabled={obstacle !== null} onClick={train}>
            <Play size={14} aria-hidden /> Train
          </Button>
        ) : paused ? (
          <Button variant="primary" onClick={resume}>
            <Play size={14} aria-hidden /> Resume
          </Button>
        ) : (
          <Button variant="primary" onClick={pause}>
            <Pause size={14} aria-hidden /> Pause
          </Button>
        )}
        <IconButton label="Step one batch" disabled={active ? !paused : obstacle !== null} onClick={step}>
          <StepForward size={15} />
        </IconButton>
        <IconButton label="Stop" disabled={!active} onClick={stop}>
          <Square size={14} />
        </IconButton>
        {further && !goOn ? (
          <IconButton label="Train on from these weights" onClick={further}>
            <FastForward size={15} />
          </IconButton>
        ) : null}
        {obstacle && !active ? (
          leadsTo ? (
            <button type="button" className="text-xs text-danger hover:underline" onClick={() => openDock(leadsTo)}>
              {obstacle.text}
            </button>
          ) : (
            <span className="text-xs text-muted">{obstacle.text}</span>
          )
        ) : null}
      </div>
    </div>
  );
}
