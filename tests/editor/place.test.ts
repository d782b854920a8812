import { describe, expect, it } from 'vitest';
import { lineIn } from '@/editor/code/place';

const text = '{\n  "graph": {\n    "nodes": {\n      "conv1": { "type": "conv2d", "params": 5 }\n    }\n  }\n}\n';

describe('where an error message points', () => {
  it('is the line it names', () => {
    const line = lineIn('Line 3, column 5: this is not JSON.', text);
    expect(text.slice(line?.start, line?.end)).toBe('    "nodes": {');
  });

  it('is the line its path leads to', () => {
    const line = lineIn('At graph.nodes.conv1.params: Invalid input.', text);
    expect(line?.number).toBe(4);
  });

  it('is nowhere for a message without a place', () => {
    expect(lineIn('The file: not a network.', text)).toBeNull();
  });
});
