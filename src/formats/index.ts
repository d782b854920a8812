/** Taking a network away: each format one entry, so that menus and tests read the same list. */
import { zipSync } from 'fflate';
import { type Direction, type NetworkDocument, nodeAt } from '@/document';
import type { FieldsOf, Inference } from '@/inference';
import { kerasJson } from './keras';
import { formatNative } from './native';
import { networkSvg, PICTURE_THEMES, pictureView } from './picture';
import { type NamedTensors, tfjsModel } from './tfjs';

export { kerasJson } from './keras';
export { formatNative, parseNative } from './native';
export { type NamedTensors, tfjsModel } from './tfjs';

export interface ExportContext {
  document: NetworkDocument;
  inference: Inference;
  fields: FieldsOf;
  /** Trained weights, where there are any. */
  weights: NamedTensors | null;
  theme: 'light' | 'dark';
  /** Which way the canvas shows the network. */
  direction: Direction;
}

export interface ExportedFile {
  name: string;
  mediaType: string;
  data: string | Uint8Array;
}

export interface ExportFormat {
  id: string;
  title: string;
  /** What one does with the file. */
  description: string;
  /** Whether the network must be free of problems. */
  needsModel: boolean;
  /** Whether layers that are not known here may stand in it. */
  takesPlaceholders?: boolean;
  /** @throws Error with a message for the person. */
  write(context: ExportContext): ExportedFile;
}

/** Whether nothing stands in the way of writing a format. */
export const canWrite = (
  { needsModel, takesPlaceholders }: Pick<ExportFormat, 'needsModel' | 'takesPlaceholders'>,
  document: NetworkDocument,
  { problems }: Inference,
): boolean =>
  !needsModel ||
  problems.every(
    ({ severity, node, path }) =>
      severity !== 'error' || (takesPlaceholders && nodeAt(document, path, node)?.type === 'placeholder'),
  );

/** A file name of the network's own name. */
const fileName = ({ name }: NetworkDocument, ending: string): string =>
  `${name.replace(/[^\p{L}\p{N}._ -]+/gu, '').trim() || 'network'}${ending}`;

export const EXPORTS: readonly ExportFormat[] = [
  {
    id: 'native',
    title: 'Network (JSON)',
    description: 'Opens again here. The whole definition with training settings, without weights.',
    needsModel: false,
    write: ({ document }) => ({
      name: fileName(document, '.tensorloom.json'),
      mediaType: 'application/json',
      data: formatNative(document),
    }),
  },
  {
    id: 'keras',
    title: 'Keras topology (JSON)',
    description: 'For keras.models.model_from_json in Keras 3. The definition without weights.',
    needsModel: true,
    takesPlaceholders: true,
    write: ({ document, fields }) => ({
      name: fileName(document, '.keras.json'),
      mediaType: 'application/json',
      data: kerasJson(document, fields),
    }),
  },
  {
    id: 'tfjs',
    title: 'TensorFlow.js model (ZIP)',
    description: 'model.json and its trained weights, for tf.loadLayersModel.',
    needsModel: true,
    write: ({ document, fields, weights }) => {
      const text = new TextEncoder();
      const files = Object.entries(tfjsModel(document, fields, weights)).map(([name, data]) => [
        name,
        typeof data === 'string' ? text.encode(data) : data,
      ]);
      return {
        name: fileName(document, '.tfjs.zip'),
        mediaType: 'application/zip',
        data: zipSync(Object.fromEntries(files), { mtime: '2020-01-01' }),
      };
    },
  },
  {
    id: 'svg',
    title: 'Picture (SVG)',
    description: 'The drawing, sharp at any size.',
    needsModel: false,
    write: ({ document, inference, theme, direction }) => ({
      name: fileName(document, '.svg'),
      mediaType: 'image/svg+xml',
      data: networkSvg(pictureView(document, inference, direction), PICTURE_THEMES[theme]),
    }),
  },
];
