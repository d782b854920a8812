/** `npm run native`: compiles native/*.ts into src/engine/native/binary.ts. A part of `npm run build`. */
import { writeFileSync } from 'node:fs';
import { NATIVE, nativeModule } from './support/native.mjs';

writeFileSync(NATIVE, await nativeModule());
