/** Taking the open network away as a file. */
import { toast } from 'sonner';
import { download } from '@/editor/export/download';
import { svgToPng } from '@/editor/export/png';
import { EXPORTS, type ExportContext, type ExportFormat } from '@/formats';
import { inferDocument } from '@/inference';
import { fieldsOf, useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { changeSince } from '@/state/run/structure';
import { useView } from '@/state/view';

export interface Export extends Omit<ExportFormat, 'write'> {
  run(): void;
}

const isDark = (): boolean =>
  getComputedStyle(document.documentElement).colorScheme === 'dark' ||
  (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);

/** Weights go with the network only where they are of the network as it is now. */
function context(): ExportContext {
  const { whole: document, inference, expanded, id } = useNetwork.getState();
  const { weights, network } = useRun.getState();
  const own = network?.id === id && weights !== null && changeSince(weights.document, document) !== 'network';
  return {
    document,
    // Where blocks are opened out, what is known is told of the layers within.
    inference: expanded ? inferDocument(document, fieldsOf(document)) : inference.at([]),
    fields: fieldsOf(document),
    weights: own ? weights.bundle.tensors : null,
    theme: isDark() ? 'dark' : 'light',
    direction: useView.getState().direction,
  };
}

const write = (id: string) => {
  const format = EXPORTS.find((candidate) => candidate.id === id);
  if (!format) throw new Error('There is no such format.');
  return format.write(context());
};

async function carryOut(title: string, make: () => Promise<{ name: string; content: Blob }>): Promise<void> {
  try {
    const { name, content } = await make();
    download(name, content);
  } catch (error) {
    toast.error(`${title} could not be written`, {
      description: error instanceof Error ? error.message : String(error),
    });
  }
}

const own = EXPORTS.map(
  ({ write: _, ...format }): Export => ({
    ...format,
    run: () =>
      void carryOut(format.title, async () => {
        const { name, data, mediaType } = write(format.id);
        return { name, content: new Blob([data as BlobPart], { type: mediaType }) };
      }),
  }),
);

/** Only a browser can draw it, so it is no format of the core. */
const png: Export = {
  id: 'png',
  title: 'Picture (PNG)',
  description: 'The drawing in pixels, for slides and messages.',
  needsModel: false,
  run: () =>
    void carryOut('The picture', async () => {
      const { name, data } = write('svg');
      return { name: name.replace(/\.svg$/, '.png'), content: await svgToPng(String(data)) };
    }),
};

export const ALL_EXPORTS: readonly Export[] = [...own, png];
