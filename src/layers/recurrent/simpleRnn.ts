import { recurrent } from './cells';
import { SIMPLE } from './kinds';

export const simpleRnn = recurrent(SIMPLE);
