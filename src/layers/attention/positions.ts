/** What the layers that tell a network where each step stands share. */
import { real } from '../params';

export const maxWavelength = () =>
  real({
    label: 'Longest wavelength',
    help: 'The base of the wavelengths, which grow from 2π to nearly this times 2π.',
    min: 2,
    step: 1000,
    default: 10_000,
    advanced: true,
  });
