/** What is known of a ready network before its document is made. */
import type { NetworkDocument } from '@/document';

/** The chapters of the gallery, in the order in which courses come to them. */
export const GROUPS = [
  { id: 'first', title: 'First networks' },
  { id: 'convolutional', title: 'Convolutional networks' },
  { id: 'residual', title: 'Residual and dense networks' },
  { id: 'efficient', title: 'Small and efficient networks' },
  { id: 'pixels', title: 'Segmentation and images of any size' },
  { id: 'sequences', title: 'Sequences' },
  { id: 'transformers', title: 'Transformers' },
  { id: 'generative', title: 'Autoencoders and generative networks' },
  { id: 'metric', title: 'Similarity and embeddings' },
] as const;

export type GroupId = (typeof GROUPS)[number]['id'];

export interface GalleryEntry {
  /** For `gallery:ID` on the command line. */
  id: string;
  title: string;
  group: GroupId;
  /** Two sentences. */
  summary: string;
  /** The paper or book that it is from. */
  source: { title: string; url: string };
  /** All weights as Keras counts them; PyTorch leaves the averages of batch normalisation out and has other biases. */
  parameters: { keras: number; pytorch: number };
  /** What it is trained on as it opens; none for those that are drawn to be looked at. */
  dataset?: string;
  /** Makes the document. What it is made of is loaded only now. */
  open: () => Promise<NetworkDocument>;
}
