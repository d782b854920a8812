/** Writes the table of all layers: `npm run layers`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LAYERS_PATH, layersText } from './support/layers';

writeFileSync(fileURLToPath(new URL(`../${LAYERS_PATH}`, import.meta.url)), layersText());
console.log(`Wrote ${LAYERS_PATH}`);
