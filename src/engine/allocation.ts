/** The memory of tfjs's WebAssembly, with an answer where there is no more. */

/** What tfjs's compiled program shows of its memory. */
export interface Program {
  _malloc: ((bytes: number) => number) & { guarded?: true };
  _free(address: number): void;
}

/**
 * Lets an allocation that memory does not suffice for fail with an error. By itself the program gives the address 0,
 * and tfjs would write there, over whatever lies there.
 */
export function guardMemory(program: Program): void {
  if (program._malloc.guarded) return;
  // Each of the program's functions puts itself in its own place when it is first called.
  program._free(program._malloc(1));
  const { _malloc: allocate } = program;
  const guarded = (bytes: number): number => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw new Error(`no memory for ${bytes} bytes`);
    return address;
  };
  program._malloc = Object.assign(guarded, { guarded: true } as const);
}
