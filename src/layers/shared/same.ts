/** Layers that give back a tensor of the shape they were given. */
import type { Tensor } from '../declaration';

/** The input's shape and mask, with values computed anew. */
export const likeInput = ({ shape, masked }: Tensor): Tensor => ({
  shape,
  dtype: 'float32',
  ...(masked && { masked }),
});
