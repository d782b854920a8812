import { create } from 'zustand';
import type { NodeId } from '@/document';

/** The node for which an owner of its weights is being chosen. */
export const useTying = create<{ node: NodeId | null }>(() => ({ node: null }));

export const openTie = (node: NodeId): void => useTying.setState({ node });

export const closeTie = (): void => useTying.setState({ node: null });
