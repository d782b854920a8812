/** What TypeScript needs to know of `browser.mjs`. */
export function findBrowser(say?: (message: string) => void): Promise<string | undefined>;
