/** Keras's name of an activation as a layer's settings have it: tfjs turns names into camelCase when it reads a model. */
export const activationName = (activation: unknown): string =>
  String(activation ?? 'linear').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
