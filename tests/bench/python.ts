/** Where the frameworks are that the benches are beside. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OWN = fileURLToPath(new URL('../../node_modules/.cache/verify/bin/python', import.meta.url));

/** With Keras and TensorFlow: the one that `npm run verify` uses. */
export const kerasPython = process.env.VERIFY_PYTHON ?? (existsSync(OWN) ? OWN : 'python3');

/** With PyTorch, which is too large to be installed by the way. */
export const torchPython = process.env.TORCH_PYTHON ?? kerasPython;
