/** Hyperparameters that every layer with weights shares, and their Keras spelling. */
import type { Json } from '@/document';
import { choice, type Penalty, penalty } from '../params';

/** How weights begin; each with its Keras name. Glorot 2010, He 2015, LeCun 1998, Saxe 2013. */
const INITIALIZERS = {
  glorotUniform: { title: 'Glorot uniform', keras: 'glorot_uniform' },
  glorotNormal: { title: 'Glorot normal', keras: 'glorot_normal' },
  heUniform: { title: 'He uniform', keras: 'he_uniform' },
  heNormal: { title: 'He normal', keras: 'he_normal' },
  lecunUniform: { title: 'LeCun uniform', keras: 'lecun_uniform' },
  lecunNormal: { title: 'LeCun normal', keras: 'lecun_normal' },
  randomNormal: { title: 'Random normal (σ 0.05)', keras: 'random_normal' },
  randomUniform: { title: 'Random uniform (±0.05)', keras: 'random_uniform' },
  truncatedNormal: { title: 'Truncated normal (σ 0.05)', keras: 'truncated_normal' },
  orthogonal: { title: 'Orthogonal', keras: 'orthogonal' },
  zeros: { title: 'Zeros', keras: 'zeros' },
  ones: { title: 'Ones', keras: 'ones' },
} as const;

type InitializerName = keyof typeof INITIALIZERS;

const titles = Object.fromEntries(Object.entries(INITIALIZERS).map(([name, { title }]) => [name, title])) as Record<
  InitializerName,
  string
>;

export const initializer = (label: string, fallback: InitializerName) =>
  choice({
    label,
    help: 'The values the weights begin with.',
    default: fallback,
    options: titles,
    advanced: true,
  });

export const regularizer = (label: string) =>
  penalty({ label, help: 'Adds λ₁·Σ|w| + λ₂·Σw² to the loss, which keeps the weights small.', advanced: true });

export const kerasInitializer = (name: InitializerName): Json => INITIALIZERS[name].keras;

/** As Keras serialises a regularizer; null for none. */
export const kerasRegularizer = ({ l1, l2 }: Penalty): Json =>
  l1 === 0 && l2 === 0
    ? null
    : { module: 'keras.regularizers', class_name: 'L1L2', config: { l1, l2 }, registered_name: null };
