import type { Problem } from '@/inference';
import { useNetwork } from '@/state/network';

/** Looks at the graph a problem lies in, if one looks at another; the node is selected then. */
export function lookAt({ path = [], node }: Pick<Problem, 'path' | 'node'>): void {
  const { path: here, go } = useNetwork.getState();
  if (JSON.stringify(path) !== JSON.stringify(here)) go(path, [node]);
}
