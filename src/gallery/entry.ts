/** What is known of a ready network before its document is made. */
import type { NetworkDocument } from '@/document';

export interface GalleryEntry {
  /** For `gallery:ID` on the command line. */
  id: string;
  /** The document's name, too. */
  title: string;
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

/** A part of the gallery, in a folder of its own. */
export interface Chapter {
  id: string;
  title: string;
  entries: readonly GalleryEntry[];
}
