import { beforeEach, describe, expect, it } from 'vitest';
import { addNode, groupNodes, moveNodes, removeNodes, renameDocument, setParams } from '@/document';
import { lenet5 as lenet } from '@/gallery/convolutional/lenet5';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';

const { edit, undo, redo, open } = useNetwork.getState();
const now = () => useNetwork.getState();

beforeEach(() => {
  open(lenet);
});

describe('the open network', () => {
  it('infers with every edit', () => {
    expect(now().inference.totals?.parameters).toBe(61_706);
    edit('More filters', (document) => setParams(document, 'conv1', { filters: 12 }));
    expect(now().inference.nodes.get('conv1')?.parameters).toBe(312);
    undo();
    expect(now().inference.totals?.parameters).toBe(61_706);
  });

  it('gives the very same document back', () => {
    edit('Rename', (document) => renameDocument(document, 'Other'));
    undo();
    expect(now().document).toBe(lenet);
    redo();
    expect(now().document.name).toBe('Other');
  });

  it('leaves no trace of an edit that changes nothing', () => {
    edit('Nothing', (document) => document);
    expect(now().undoLabel).toBeNull();
  });

  it('says what would be undone and done again', () => {
    edit('Add Dense', (document) => addNode(document, { type: 'dense' }).document);
    expect([now().undoLabel, now().redoLabel]).toEqual(['Add Dense', null]);
    undo();
    expect([now().undoLabel, now().redoLabel]).toEqual([null, 'Add Dense']);
  });

  it('takes typing in a row as one step', () => {
    for (const name of ['A', 'Ab', 'Abc'])
      edit('Rename', (document) => renameDocument(document, name), { coalesce: 'name' });
    undo();
    expect(now().document).toBe(lenet);
  });

  it('brings the selection back with the nodes', () => {
    useSelection.getState().select(['dense1', 'dense2']);
    edit('Delete', (document) => removeNodes(document, ['dense1']));
    expect([...useSelection.getState().nodes]).toEqual(['dense2']);
    undo();
    expect([...useSelection.getState().nodes]).toEqual(['dense1', 'dense2']);
  });

  it('begins a history of its own with each network', () => {
    edit('Rename', (document) => renameDocument(document, 'Other'));
    const { id } = now();
    open(lenet);
    expect(now().undoLabel).toBeNull();
    expect(now().id).not.toBe(id);
  });
});

describe('inside a block', () => {
  const within = [{ instance: 'features1', copy: 0 }];
  const group = (): void =>
    edit('Group', (document) => {
      const grouped = groupNodes(document, ['conv1', 'pool1'], 'Features');
      if ('refusal' in grouped) throw new Error(grouped.refusal);
      return grouped.document;
    });

  it('counts what it counted', () => {
    group();
    expect(now().inference.totals?.parameters).toBe(61_706);
    expect(now().inference.nodes.get('features1')?.parameters).toBe(156);
  });

  it('edits the definition, and the whole follows', () => {
    group();
    now().go(within);
    expect(now().block).toBe('features');
    edit('More filters', (document) => setParams(document, 'conv1', { filters: 12 }));
    expect(now().inference.nodes.get('conv1')?.parameters).toBe(312);
    expect(now().whole.blocks?.features?.graph.nodes.conv1?.params?.filters).toBe(12);
    expect(now().whole.graph).not.toHaveProperty('nodes.conv1');
    undo();
    expect(now().inference.totals?.parameters).toBe(61_706);
  });

  it('shows each change where it was made, and leaves what is gone', () => {
    group();
    now().go(within);
    edit('More filters', (document) => setParams(document, 'conv1', { filters: 12 }));
    now().go([]);
    undo();
    expect(now().path).toEqual(within);
    undo();
    expect(now().path).toEqual([]);
    expect(now().document).toBe(lenet);
    redo();
    expect(now().path).toEqual([]);
  });

  it('goes as far as the way exists', () => {
    group();
    now().go([...within, { instance: 'nowhere', copy: 3 }]);
    expect(now().path).toEqual(within);
    now().go([{ instance: 'features1', copy: 7 }]);
    expect(now().path).toEqual(within);
  });

  it('leaves training alone', () => {
    group();
    now().go(within);
    edit('Delete', (document) => removeNodes(document, ['pool1']));
    expect(now().whole.training).toEqual(lenet?.training);
  });

  it('shows all layers, which can be moved and not edited', () => {
    group();
    now().expand((document) => document);
    expect(now().document.graph.nodes).toHaveProperty('features1/conv1');
    expect(now().inference.totals?.parameters).toBe(61_706);
    const { whole, refused } = now();
    edit('Move', (document) => moveNodes(document, { 'features1/conv1': [7, 8] }));
    expect(now().document.graph.nodes['features1/conv1']?.at).toEqual([7, 8]);
    edit('More filters', (document) => setParams(document, 'features1/conv1', { filters: 12 }));
    expect([now().whole, now().refused]).toEqual([whole, refused + 1]);
    now().go([]);
    expect(now().document.graph.nodes).toHaveProperty('features1');
  });
});
