/** Where a step on a graphics backend spends its time, kernel by kernel: each is waited for, which takes time itself. */
import { engine, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

export interface KernelTime {
  name: string;
  calls: number;
  /** Milliseconds of all of a step's calls. */
  time: number;
}

/** What tfjs's graphics backends hold, as far as it is of use here. */
interface Graphics {
  /** WebGL */
  gpgpu?: { gl: WebGL2RenderingContext };
  /** WebGPU */
  supportTimestampQuery?: boolean;
  time(work: () => void): Promise<{ kernelMs: number | { error: string } }>;
}

/** Milliseconds that work takes there. */
type Clock = (work: () => void) => number | Promise<number>;

const graphics = (): Graphics => engine().backend as unknown as Graphics;

/** A pixel that is read comes after all that was drawn. */
function clockOfWebgl(gl: WebGL2RenderingContext): Clock {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const pixel = new Uint8Array(4);
  return (work) => {
    const began = performance.now();
    work();
    const before = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    gl.bindFramebuffer(gl.FRAMEBUFFER, before);
    return performance.now() - began;
  };
}

const clockOfWebgpu: Clock = async (work) => {
  const { kernelMs } = await graphics().time(work);
  return Number(kernelMs);
};

/** Of one step, the longest first; empty where there is no such clock. */
export async function kernelsOf(step: () => Promise<number>): Promise<KernelTime[]> {
  const { gpgpu, supportTimestampQuery } = graphics();
  const clock = gpgpu ? clockOfWebgl(gpgpu.gl) : supportTimestampQuery ? clockOfWebgpu : null;
  if (!clock) return [];
  const { backendName } = engine();
  const kernels = getKernelsForBackend(backendName);
  const times: { name: string; time: number | Promise<number> }[] = [];
  let inside = false;
  for (const kernel of kernels) {
    const name = kernel.kernelName;
    const kernelFunc: typeof kernel.kernelFunc = (call) => {
      // What a kernel asks other kernels for is its own time.
      if (inside) return kernel.kernelFunc(call);
      inside = true;
      let result: ReturnType<typeof kernel.kernelFunc> = [];
      try {
        const time = clock(() => {
          result = kernel.kernelFunc(call);
        });
        times.push({ name, time });
      } finally {
        inside = false;
      }
      return result;
    };
    unregisterKernel(name, backendName);
    registerKernel({ ...kernel, kernelFunc });
  }
  await step();
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, backendName);
    registerKernel(kernel);
  }
  const found = new Map<string, KernelTime>();
  for (const { name, time } of times) {
    const known = found.get(name) ?? { name, calls: 0, time: 0 };
    found.set(name, { name, calls: known.calls + 1, time: known.time + (await time) });
  }
  return [...found.values()].sort((a, b) => b.time - a.time);
}
