/** Whether cards are near enough to be read. One boolean for the whole canvas: crossing it costs one render. */
import { useStore } from '@xyflow/react';
import { createContext } from 'react';

const FAR = 0.4;

/** True where cards show only their name and colour. */
export const FarAway = createContext(false);

export const useFarAway = (): boolean => useStore((state) => state.transform[2] < FAR);
