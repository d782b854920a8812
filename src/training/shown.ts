/** What a person is shown of a sample: the picture or the text that the network reads. */
import type { CompiledNetwork } from '@/compiler';
import { type Dataset, type FieldSpec, sampleEntries, valuesOfSample } from '@/datasets';
import type { ProbeSample, ProbeText } from './protocol';

/** The first field of a kind that the network reads. */
function fieldRead({ inputs }: CompiledNetwork, { columns }: Dataset, kind: FieldSpec['kind']): string | undefined {
  return inputs.find(({ field }) => columns[field]?.spec.kind === kind && !columns[field].spec.made)?.field;
}

/** The first image the network reads, as bytes. */
export function imageOf(network: CompiledNetwork, dataset: Dataset, index: number): ProbeSample['image'] {
  const column = dataset.columns[fieldRead(network, dataset, 'image') ?? ''];
  if (!column) return null;
  const [height = 1, width = 1, channels = 1] = column.spec.shape;
  return {
    height,
    width,
    channels,
    pixels: Uint8Array.from(valuesOfSample(column, index), (value) => Math.round(value * column.scale * 255)),
  };
}

/** The first text the network reads. */
export function textOf(network: CompiledNetwork, dataset: Dataset, index: number): ProbeText | null {
  const field = fieldRead(network, dataset, 'tokens');
  const vocabulary = dataset.columns[field ?? '']?.spec.vocabulary;
  if (field === undefined || !vocabulary) return null;
  return { unit: vocabulary.unit, entries: sampleEntries(dataset, index, field) };
}
