export { listenForKeys } from './keyboard';
export { nameOfKeys } from './keyNames';
export { type Command, canRun, registerCommands, runCommand, useCommands } from './registry';
