import { describe, expect, it } from 'vitest';
import { searchGallery } from '@/editor/gallery/search';
import { GALLERY } from '@/gallery';

const found = (query: string): string[] => searchGallery(query).map(({ id }) => id);

describe('searching the gallery', () => {
  it.each([
    ['resnet50', 'resnet-50'],
    ['ResNet-152', 'resnet-152'],
    ['vgg 16', 'vgg-16'],
    ['mobilenet v2', 'mobilenet-v2'],
    ['lecun', 'lenet-5'],
    ['depthwise', undefined],
    ['segmentation', 'u-net'],
  ])('%s finds %s first', (query, id) => {
    expect(found(query)[0]).toBe(id);
  });

  it('finds by every word, in any order', () => {
    expect(found('he zhang pytorch')).toEqual(['resnet-50-pytorch', 'resnet-101-pytorch', 'resnet-152-pytorch']);
    expect(found('pytorch alexnet lecun')).toEqual([]);
  });

  it('shows all while nothing is sought', () => {
    expect(found('  ').toSorted()).toEqual(GALLERY.map(({ id }) => id).toSorted());
  });
});
