import { recurrent } from './cells';
import { GATED } from './kinds';

export const gru = recurrent(GATED);
