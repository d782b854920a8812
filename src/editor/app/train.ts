/** Training from the top bar and the keyboard: one press does what comes next. */
import { toast } from 'sonner';
import { obstacleTo } from '@/editor/training/readiness';
import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { useView } from '@/state/view';

/** Trains, pauses or goes on; where that is not possible, says why and leads to where it is mended. */
export function trainPauseOrResume(): void {
  const { id, whole, inference } = useNetwork.getState();
  const { status, train, pause, resume } = useRun.getState();
  const { openDock } = useView.getState();
  if (status === 'paused') return void resume();
  if (isActive(status)) return void pause();
  const obstacle = obstacleTo(whole, inference);
  openDock(obstacle?.leadsTo ?? 'training');
  if (obstacle) toast(`This network cannot be trained yet: ${obstacle.text}`);
  else void train(id, whole);
}
