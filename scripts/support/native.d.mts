/** Where the compiled module is kept. */
export const NATIVE: string;
/** The text of the module, compiled anew. */
export function nativeModule(): Promise<string>;
