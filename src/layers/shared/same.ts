/** Layers that give back a tensor of the shape they were given. */
import type { Tensor } from '../declaration';

/** The input's shape and mask, with values computed anew. */
export const likeInput = ({ shape, masked }: Tensor): Tensor => ({
  shape,
  dtype: 'float32',
  ...(masked && { masked }),
});

/** The very values. That they went through a softmax is not said: the loss would take this layer for the softmax. */
export const passedOn = ({ shape, dtype, masked }: Tensor): Tensor => ({ shape, dtype, ...(masked && { masked }) });
