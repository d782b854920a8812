/** What TypeScript needs to know of `project.mjs`. */
export const ROOT: string;
export function ensureBuilt(say?: (message: string) => void): void;
