/** What stands for blocks in a graph. None of it is left when blocks are opened out. */
import type { LayerDeclaration } from '../declaration';
import { blockInput, blockOutput } from './ports';

export const blockPorts: readonly LayerDeclaration[] = [blockInput, blockOutput];
