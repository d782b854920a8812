import { create } from 'zustand';
import type { NodeId } from '@/document';

/** From which node a wire is being drawn by the keyboard; null where none is. */
export const useConnectDialog = create<{ from: NodeId | null }>(() => ({ from: null }));

export const openConnect = (from: NodeId): void => useConnectDialog.setState({ from });

export const closeConnect = (): void => useConnectDialog.setState({ from: null });
