/** Whether a graphics backend is really a program on the processor: right, but slower than WebAssembly. */
import type { Backend } from './backends';

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export async function isSoftwareRendered(name: Backend): Promise<boolean> {
  if (name === 'webgl') return SOFTWARE.test(rendererOfWebgl());
  if (name === 'webgpu') return softwareAdapter();
  return false;
}

function rendererOfWebgl(): string {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return '';
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return String(renderer);
}

interface Adapter {
  isFallbackAdapter?: boolean;
  info?: { isFallbackAdapter?: boolean; description?: string; vendor?: string; architecture?: string };
}

async function softwareAdapter(): Promise<boolean> {
  const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return false;
  const { info, isFallbackAdapter = false } = adapter;
  return (
    isFallbackAdapter ||
    info?.isFallbackAdapter === true ||
    SOFTWARE.test(Object.values(info ?? {}).join(' ') + (info?.architecture ?? '') + (info?.description ?? ''))
  );
}
