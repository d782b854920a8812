/** How often a step calls each kernel of a graphics backend, and how long these take when each is waited for. */
import { engine, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

export interface KernelTime {
  name: string;
  calls: number;
  /** Milliseconds of all calls of a step, each waited for; on WebGPU, which cannot be waited for, of giving orders. */
  time: number;
}

interface Graphics {
  gpgpu?: { gl: WebGL2RenderingContext };
}

/** A pixel that is read comes after all that was drawn. */
function waiting(): () => void {
  const gl = (engine().backend as unknown as Graphics).gpgpu?.gl;
  if (!gl) return () => {};
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const pixel = new Uint8Array(4);
  return () => {
    const before = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    gl.bindFramebuffer(gl.FRAMEBUFFER, before);
  };
}

/** From now on kernels of the backend in use are counted. @returns what was counted since this was last asked */
export function watchKernels(): () => KernelTime[] {
  const backendName = engine().backendName;
  const counted = new Map<string, { calls: number; time: number }>();
  let inside = 0;
  const wait = waiting();
  for (const kernel of getKernelsForBackend(backendName)) {
    const kernelFunc: typeof kernel.kernelFunc = (call) => {
      const began = performance.now();
      // What a kernel asks other kernels for is its own time.
      inside += 1;
      try {
        return kernel.kernelFunc(call);
      } finally {
        inside -= 1;
        if (inside === 0) {
          wait();
          const known = counted.get(kernel.kernelName) ?? { calls: 0, time: 0 };
          const time = known.time + performance.now() - began;
          counted.set(kernel.kernelName, { calls: known.calls + 1, time });
        }
      }
    };
    unregisterKernel(kernel.kernelName, backendName);
    registerKernel({ ...kernel, kernelFunc });
  }
  return () => {
    const found = [...counted].map(([name, { calls, time }]) => ({ name, calls, time }));
    counted.clear();
    return found.sort((a, b) => b.time - a.time);
  };
}

/** Of a step in the middle of some; asked for after the times are taken, since waiting takes time. */
export async function kernelsOf(step: () => Promise<number>): Promise<KernelTime[]> {
  const counted = watchKernels();
  await step();
  counted();
  await step();
  return counted();
}
