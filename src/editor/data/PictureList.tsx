import { type Dataset, sampleClass, samplePixels } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';
import { PixelImage } from './PixelImage';

/** Pictures of samples with their classes. */
export function PictureList({ dataset, indices }: { dataset: Dataset; indices: readonly number[] }) {
  return (
    <ul aria-label="Samples" className="grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1.5">
      {indices.map((index) => {
        const { name } = sampleClass(dataset, index);
        return (
          <li key={index} className="text-center" title={`Sample ${fullNumber(index)}: ${name}`}>
            <PixelImage
              {...samplePixels(dataset, index)}
              label={`Sample ${index}: ${name}`}
              className="aspect-square w-full rounded-sm"
            />
            <span aria-hidden className="block truncate text-[11px] text-muted">
              {name}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
