/** Radford et al. 2019: GPT-2, its smallest size, and one of the same kind that is small indeed. */
import { network } from '../chain';
import { link } from '../parts';
import { layerBlock, repeated } from './parts';

interface Size {
  words: number;
  width: number;
  places: number;
  layers: number;
  heads: number;
}

const gpt = (name: string, { words, width, places, layers, heads }: Size) =>
  network(name, {
    links: [
      link('words', 'input', { field: 'words', shape: [places] }),
      link('embedding', 'embedding', { inputDim: words, outputDim: width }),
      link('places', 'positionEmbedding', { maxLength: places }),
      link('drop', 'dropout', { rate: 0.1 }),
      repeated('decoder', 'layer', layers, width, heads),
      link('norm', 'layerNormalization', { epsilon: 1e-5 }),
      { ...link('next', 'embeddingProjection', { inputDim: words }), tiedTo: 'embedding' },
      link('loss', 'crossEntropy', { from: 'logits' }),
    ],
    blocks: {
      layer: layerBlock({ norm: 'before', activation: 'gelu', epsilon: 1e-5, causal: true, dropout: 0.1 }, 'Layer'),
    },
  });

export const gpt2Small = gpt('GPT-2 small', { words: 50_257, width: 768, places: 1024, layers: 12, heads: 12 });

export const gptMini = gpt('GPT of characters', { words: 66, width: 128, places: 128, layers: 4, heads: 4 });
