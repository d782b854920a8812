/** The novels of Jane Austen as paragraphs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianLicence, debianPackage, source } from './packages';
import { readRData, texts } from './rData';

const folder = (): string => join(debianPackage('r-cran-janeaustenr'), 'usr');

/** The paragraphs of a novel, each on one line, without titles and headings of chapters. */
export function paragraphsOf(novel: string): string[] {
  const data = join(folder(), 'lib/R/site-library/janeaustenr/data');
  const index = source(join(data, 'Rdata.rdx'), '80fa4c1cd71e23b31dd1567174829829');
  const database = source(join(data, 'Rdata.rdb'), '51f7db053902045d33739c77703dffeb');
  const lines = texts(readRData(index, database, novel));
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll('_', '').replace(/\s+/g, ' ').trim())
    .filter((paragraph) => /[a-z]{2}.*[.!?:;,"-]/.test(paragraph) && !/^(chapter|volume|by |finis)/i.test(paragraph));
}

export const austenLicence = (title: string, changed: readonly string[]): string => {
  const copyright = readFileSync(join(folder(), 'share/doc/r-cran-janeaustenr/copyright'), 'utf8');
  return [
    title,
    '',
    'By Jane Austen (1775-1817). The text is in the public domain.',
    'Source: Project Gutenberg, https://www.gutenberg.org',
    'Taken from: the R package janeaustenr 1.0.0, distributed under the MIT licence below.',
    ...changed,
    '',
    'Copyright 2016-2017 Julia Silge',
    '',
    debianLicence(copyright, 'MIT'),
  ].join('\n');
};
