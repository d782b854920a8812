/** The three kinds of recurrent layer, as facts: for layers of one direction and of both. */
import type { RecurrentFacts } from './cells';

export const SIMPLE: RecurrentFacts = {
  type: 'simpleRnn',
  title: 'SimpleRNN',
  summary: 'Reads a sequence step by step; what it gives at one step it sees again at the next.',
  keywords: ['rnn', 'elman', 'recurrent', 'sequence'],
  docs: {
    text: 'At each step it looks at the input and at its own last output, each with weights of its own, the same at every step. Gradients fade or grow over long sequences, so it remembers a few steps at best.',
    formula: 'h_t = \\tanh(x_t W + h_{t-1} U + b)',
    source: { title: 'Elman 1990', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
  },
  names: { pytorch: 'nn.RNN', onnx: 'RNN' },
  blocks: 1,
};

export const GATED: RecurrentFacts = {
  type: 'gru',
  title: 'GRU',
  summary: 'A recurrent layer that decides what to keep and what to make new.',
  keywords: ['gated recurrent unit', 'rnn', 'recurrent', 'sequence'],
  docs: {
    text: 'An update gate decides how much of the memory is kept, a reset gate how much of it is seen when the new value is made. Nearly as able as an LSTM, with a quarter fewer weights. With “reset after”, the reset comes after the recurrent product, which has a bias of its own.',
    formula:
      'z = \\sigma(x_t W_z + h_{t-1} U_z) \\quad r = \\sigma(x_t W_r + h_{t-1} U_r) \\\\ \\tilde h = \\tanh(x_t W_h + r \\odot (h_{t-1} U_h)) \\quad h_t = z \\odot h_{t-1} + (1 - z) \\odot \\tilde h',
    source: { title: 'Cho et al. 2014', url: 'https://arxiv.org/abs/1406.1078' },
  },
  names: { pytorch: 'nn.GRU', onnx: 'GRU' },
  blocks: 3,
  reset: true,
};

export const LONG: RecurrentFacts = {
  type: 'lstm',
  title: 'LSTM',
  summary: 'A recurrent layer with a memory that gates write, keep and read.',
  keywords: ['long short-term memory', 'rnn', 'recurrent', 'sequence'],
  docs: {
    text: 'Beside its output it carries a cell. An input gate decides what is written into it, a forget gate what stays, an output gate what is shown. The cell is changed by adding, so gradients reach far back.',
    formula:
      'i, f, o = \\sigma(x_t W + h_{t-1} U + b) \\quad \\tilde c = \\tanh(\\dots) \\\\ c_t = f \\odot c_{t-1} + i \\odot \\tilde c \\quad h_t = o \\odot \\tanh(c_t)',
    source: { title: 'Hochreiter & Schmidhuber 1997', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
  },
  names: { pytorch: 'nn.LSTM', onnx: 'LSTM' },
  blocks: 4,
  cell: true,
};
