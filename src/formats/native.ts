/** The native format: the document itself, in its canonical form. */
import { formatDocument, type NetworkDocument, parseDocument } from '@/document';
import { defaultOf } from '@/layers';

export const formatNative = (document: NetworkDocument): string => formatDocument(document, defaultOf);

/** @throws DocumentError with the line or path of what is wrong. */
export const parseNative = (text: string): NetworkDocument => parseDocument(text);
