import { recurrent } from './cells';
import { LONG } from './kinds';

export const lstm = recurrent(LONG);
