import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adoptBlocks,
  type Block,
  blockType,
  copyWithBlocks,
  createFlattener,
  detachInstance,
  documentSchema,
  evaluateExpression,
  flatten,
  focus,
  formatDocument,
  formatFragment,
  fragmentOf,
  groupNodes,
  isExpression,
  type NetworkDocument,
  ownBlock,
  parseDocument,
  parseFragment,
  pasteWithBlocks,
  removeBlock,
  removeBlockParam,
  renameBlockParam,
  renameBlockPort,
  setAlong,
  setBlockNote,
  setBlockParam,
  setBlockTitle,
  setParams,
  setRepeat,
  setShared,
  tie,
  unfocus,
  unfold,
  unfoldKey,
} from '@/document';
import { applyRepair, inferDocument } from '@/inference';
import { meaningOf } from '../support/blocks';
import { randomOf, validNetwork } from '../support/networks';

const conv = (filters: string | number) => ({
  type: 'conv2d',
  params: { filters, padding: 'same', strides: ['stride', 'stride'] },
});

/** A convolution with normalisation, whose filters and stride are parameters. */
const unit: Block = {
  title: 'Unit',
  params: { filters: 8, stride: 1 },
  graph: {
    nodes: {
      in: { type: 'blockInput' },
      conv: conv('filters'),
      norm: { type: 'batchNormalization' },
      out: { type: 'blockOutput' },
    },
    edges: [
      { from: ['in', 'out'], to: ['conv', 'in'] },
      { from: ['conv', 'out'], to: ['norm', 'in'] },
      { from: ['norm', 'out'], to: ['out', 'in'] },
    ],
  },
};

/** Twice as wide a unit, then one as wide, by expressions. */
const stage: Block = {
  params: { width: 4 },
  graph: {
    nodes: {
      in: { type: 'blockInput' },
      units: { type: 'block:unit', params: { filters: '2*width' }, repeat: 2, along: { stride: [2, 1] } },
      last: { type: 'block:unit', params: { filters: 'width' } },
      out: { type: 'blockOutput' },
    },
    edges: [
      { from: ['in', 'out'], to: ['units', 'in'] },
      { from: ['units', 'out'], to: ['last', 'in'] },
      { from: ['last', 'out'], to: ['out', 'in'] },
    ],
  },
};

const network = (nodes: object, edges: object[], blocks: object = { unit, stage }): NetworkDocument =>
  documentSchema.parse({ format: 'tensorloom', version: 1, graph: { nodes, edges }, blocks });

const image = { type: 'input', params: { shape: [8, 8, 3] } };

const staged = network({ image, stage: { type: 'block:stage', params: { width: 5 } }, flat: { type: 'flatten' } }, [
  { from: ['image', 'out'], to: ['stage', 'in'] },
  { from: ['stage', 'out'], to: ['flat', 'in'] },
]);

describe('expressions', () => {
  const environment = { filters: 8, heads: 3, name: 'relu' };
  it.each([
    ['4*filters', 32],
    ['filters/heads', 8 / 3],
    ['floor(filters / heads) + 1', 3],
    ['-(filters - 2)*heads', -18],
    ['max(filters, heads, 100) % 7', 2],
    ['filters**2', 64],
    ['name', 'relu'],
  ])('%s is %s', (text, value) => {
    expect(isExpression(text, environment)).toBe(true);
    expect(evaluateExpression(text, environment)).toEqual(value);
  });

  it.each(['same', 'ab,bc->ac', 'relu', 'label', '', 'filter'])('%j is a plain text', (text) => {
    expect(isExpression(text, environment)).toBe(false);
  });

  it.each([
    ['filters/0', 'no finite value'],
    ['filters + name', 'no number'],
    ['filters + widths', 'no parameter “widths”'],
    ['eval(filters)', 'no function “eval”'],
    ['filters.constructor', 'no more'],
    ['filters[0]', 'no more'],
    ['(filters).constructor("x")()', 'no function'],
    ['filters > 2 ? 1 : 0', 'no more'],
    ['filters == 2', 'not known'],
  ])('%s is refused: %s', (text, reason) => {
    expect(() => evaluateExpression(text, environment)).toThrow(reason);
  });
});

describe('opening blocks out', () => {
  it('gives the layers, with every expression computed and names by the way', () => {
    const { graph, blocks } = flatten(staged).document;
    expect(blocks).toBeUndefined();
    expect(Object.keys(graph.nodes)).toEqual([
      'image',
      'flat',
      'stage/units/1/conv',
      'stage/units/1/norm',
      'stage/units/2/conv',
      'stage/units/2/norm',
      'stage/last/conv',
      'stage/last/norm',
    ]);
    const settings = ['stage/units/1/conv', 'stage/units/2/conv', 'stage/last/conv'].map(
      (id) => graph.nodes[id]?.params,
    );
    expect(settings).toEqual([
      { filters: 10, padding: 'same', strides: [2, 2] },
      { filters: 10, padding: 'same', strides: [1, 1] },
      { filters: 5, padding: 'same', strides: [1, 1] },
    ]);
    expect(graph.edges).toContainEqual({ from: ['stage/units/1/norm', 'out'], to: ['stage/units/2/conv', 'in'] });
    expect(graph.edges).toContainEqual({ from: ['image', 'out'], to: ['stage/units/1/conv', 'in'] });
    expect(graph.edges).toContainEqual({ from: ['stage/last/norm', 'out'], to: ['flat', 'in'] });
  });

  it('keeps what an edit does not touch', () => {
    const flattener = createFlattener();
    const before = flattener.flatten(staged).document.graph;
    expect(flattener.flatten({ ...staged, name: 'other' }).document.graph).toBe(before);
    const inside = focus(staged, 'stage');
    const after = flattener.flatten(unfocus(staged, 'stage', setParams(inside, 'last', { filters: 7 }))).document.graph;
    const changed = Object.keys(after.nodes).filter((id) => after.nodes[id] !== before.nodes[id]);
    expect(changed).toEqual(['stage/last/conv']);
    expect(after.edges.every((edge, at) => edge === before.edges[at])).toBe(true);
  });

  it('shares weights between tied instances, and between copies', () => {
    const twins = network(
      {
        image,
        one: { type: 'block:unit', params: { filters: 3 } },
        two: { type: 'block:unit', params: { filters: 3 }, tiedTo: 'one' },
        three: { type: 'block:unit', params: { filters: 3 }, repeat: 3, shared: true },
      },
      [
        { from: ['image', 'out'], to: ['one', 'in'] },
        { from: ['one', 'out'], to: ['two', 'in'] },
        { from: ['two', 'out'], to: ['three', 'in'] },
      ],
    );
    const { nodes } = flatten(twins).document.graph;
    expect(nodes['two/conv']?.tiedTo).toBe('one/conv');
    expect(nodes['three/3/norm']?.tiedTo).toBe('three/1/norm');
    const inference = inferDocument(twins, undefined);
    expect(inference.problems).toEqual([]);
    const each = 3 * 3 * 3 * 3 + 3 + 4 * 3;
    expect(inference.totals?.parameters).toBe(2 * each);
    expect(inference.nodes.get('three')?.parameters).toBe(each);
    expect(inference.nodes.get('two')?.parameters).toBe(each);
  });

  it('adds up what it counts: shared weights once, in the arithmetic too', () => {
    const twinned: Block = {
      graph: {
        nodes: {
          in: { type: 'blockInput' },
          one: { type: 'block:unit', params: { filters: 3 } },
          two: { type: 'block:unit', params: { filters: 3 }, tiedTo: 'one' },
          three: { type: 'block:unit', params: { filters: 3 }, repeat: 3, shared: true },
          mix: { type: 'conv2d', params: { filters: 3, kernelSize: [1, 1] } },
          again: { type: 'conv2d', params: { filters: 3, kernelSize: [1, 1] }, tiedTo: 'mix' },
          out: { type: 'blockOutput' },
        },
        edges: ['in', 'one', 'two', 'three', 'mix', 'again'].map((from, at, chain) => ({
          from: [from, 'out'] as [string, string],
          to: [chain[at + 1] ?? 'out', 'in'] as [string, string],
        })),
      },
    };
    const twins = network(
      {
        image,
        all: { type: 'block:twinned' },
        copies: { type: 'block:twinned', repeat: 2, shared: true },
        twin: { type: 'block:twinned', tiedTo: 'all' },
      },
      [
        { from: ['image', 'out'], to: ['all', 'in'] },
        { from: ['all', 'out'], to: ['copies', 'in'] },
        { from: ['copies', 'out'], to: ['twin', 'in'] },
      ],
      { unit, twinned },
    );
    const each = 3 * 3 * 3 * 3 + 3 + 4 * 3;
    const { nodes, problems, totals } = inferDocument(twins, undefined);
    expect(problems).toEqual([]);
    const all = nodes.get('all');
    const explained = all?.derivations.find(({ title }) => title === 'Parameters');
    expect(all?.parameters).toBe(2 * each + 12);
    expect(explained?.result).toBe(all?.parameters);
    // The twin uses them again, each as often: it shows what the other does, and the network counts them once.
    const twin = nodes.get('twin');
    expect(twin?.parameters).toBe(all?.parameters);
    expect(twin?.derivations.find(({ title }) => title === 'Parameters')?.result).toBe(all?.parameters);
    expect(totals?.parameters).toBe(2 * (2 * each + 12));
    // One set of weights in all its copies: one term, which is the number.
    expect(nodes.get('copies')?.parameters).toBe(2 * each + 12);
    expect(nodes.get('copies')?.derivations[0]).toMatchObject({ title: 'Parameters', result: 2 * each + 12 });
  });

  it('freezes all that a frozen instance holds', () => {
    const frozen = { ...staged, graph: { ...staged.graph, nodes: { ...staged.graph.nodes } } };
    frozen.graph.nodes.stage = { type: 'block:stage', trainable: false };
    expect(inferDocument(frozen, undefined).totals?.trainable).toBe(0);
  });

  it('names the layers of an instance to a training phase', () => {
    const document = {
      ...staged,
      training: {
        ...staged.training,
        phases: staged.training.phases.map((phase) => ({ ...phase, train: ['stage', 'flat'] })),
      },
    };
    expect(flatten(document).document.training.phases[0]?.train).toHaveLength(7);
  });

  it('never runs without end', () => {
    const self = network({ image, a: { type: 'block:loop' } }, [{ from: ['image', 'out'], to: ['a', 'in'] }], {
      loop: {
        graph: {
          nodes: { in: { type: 'blockInput' }, again: { type: 'block:loop' } },
          edges: [{ from: ['in', 'out'], to: ['again', 'in'] }],
        },
      },
    });
    expect(inferDocument(self, undefined).problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('within itself'),
    );
    const through: Block = {
      graph: {
        nodes: { in: { type: 'blockInput' }, out: { type: 'blockOutput' } },
        edges: [{ from: ['in', 'out'], to: ['out', 'in'] }],
      },
    };
    const circle = network(
      { a: { type: 'block:through' }, b: { type: 'block:through' }, end: { type: 'flatten' } },
      [
        { from: ['a', 'out'], to: ['b', 'in'] },
        { from: ['b', 'out'], to: ['a', 'in'] },
        { from: ['b', 'out'], to: ['end', 'in'] },
      ],
      { through },
    );
    expect(flatten(circle).document.graph.edges).toEqual([]);
    const ties = network(
      {
        a: { type: 'block:unit', tiedTo: 'b' },
        b: { type: 'block:unit', tiedTo: 'a' },
        c: { type: 'block:unit', tiedTo: 'c' },
      },
      [],
    );
    expect(inferDocument(ties, undefined).totals).toBeNull();
    const huge: Record<string, Block> = {};
    for (let level = 0; level < 8; level++)
      huge[`b${level}`] = {
        graph: {
          nodes: {
            in: { type: 'blockInput' },
            x: { type: level === 7 ? 'flatten' : `block:b${level + 1}`, repeat: 100 },
            out: { type: 'blockOutput' },
          },
          edges: [],
        },
      };
    const tower = network({ top: { type: 'block:b0' } }, [], huge);
    expect(inferDocument(tower, undefined).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('more layers than'),
    ]);
  });
});

describe('looking at blocks', () => {
  it('shows an instance as one node, and its inside as a graph', () => {
    const outside = inferDocument(staged, undefined);
    expect(outside.nodes.get('stage')).toMatchObject({ parameters: outside.totals?.parameters, params: { width: 5 } });
    expect(outside.nodes.get('stage')?.outputs.out?.shape.slice(1)).toEqual([4, 4, 5]);
    const inside = inferDocument(staged, undefined, [{ instance: 'stage', copy: 0 }]);
    expect([...inside.nodes.keys()]).toEqual(['in', 'units', 'last', 'out']);
    expect(inside.nodes.get('in')?.output?.shape.slice(1)).toEqual([8, 8, 3]);
    expect(inside.nodes.get('units')?.outputs.out?.shape.slice(1)).toEqual([4, 4, 10]);
    expect(inside.totals).toEqual(outside.totals);
    const unitTwo = inferDocument(staged, undefined, [
      { instance: 'stage', copy: 0 },
      { instance: 'units', copy: 1 },
    ]);
    expect(unitTwo.nodes.get('conv')).toMatchObject({ parameters: 9 * 10 * 10 + 10, params: { strides: [1, 1] } });
  });

  it('tells a problem where it can be mended, once for all instances', () => {
    const broken = unfocus(staged, 'unit', setParams(focus(staged, 'unit'), 'conv', { filters: 'filters/0' }));
    const inference = inferDocument(broken, undefined);
    expect(inference.totals).toBeNull();
    const [problem, ...others] = inference.problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ node: 'conv', param: 'filters' });
    const [repair] = problem?.repairs ?? [];
    if (!problem || !repair) throw new Error('no repair');
    const path = problem.path ?? [];
    const inside = focus(broken, 'unit');
    const mended = unfocus(
      broken,
      'unit',
      applyRepair(inside, problem, repair, inferDocument(broken, undefined, path)),
    );
    expect(inferDocument(mended, undefined).problems).toEqual([]);
  });

  it('asks for a missing wire where it is missing', () => {
    const open = { ...staged, graph: { ...staged.graph, edges: staged.graph.edges.slice(1) } };
    const { problems } = inferDocument(open, undefined);
    expect(problems.map(({ node, path, port, code }) => [node, path, port, code])).toEqual([
      ['stage', [], 'in', 'missing-input'],
    ]);
    expect(problems[0]?.repairs).toHaveLength(1);
  });

  it.each([
    ['an unknown parameter', { type: 'block:stage', params: { depth: 3 } }, 'no parameter “depth”'],
    ['a text for a number', { type: 'block:stage', params: { width: 'wide' } }, 'is no number'],
    ['no number of copies', { type: 'block:stage', repeat: 'many' }, 'repeated "many" times'],
    ['an unknown block', { type: 'block:nothing' }, 'no block “nothing”'],
    ['a tie to a layer', { type: 'block:stage', tiedTo: 'flat' }, 'which is no'],
  ])('says what is wrong: %s', (_, node, message) => {
    const wrong = {
      ...staged,
      graph: { ...staged.graph, nodes: { ...staged.graph.nodes, stage: node } },
    } as NetworkDocument;
    const { problems, totals } = inferDocument(wrong, undefined);
    expect(problems.map((problem) => problem.message)).toContainEqual(expect.stringContaining(message));
    expect(totals).toBeNull();
  });
});

describe('grouping and taking apart', () => {
  it('never changes what is computed', () => {
    fc.assert(
      fc.property(validNetwork, fc.integer(), (document, seed) => {
        const random = randomOf(seed);
        const before = meaningOf(document);
        let grouped = document;
        const instances: string[] = [];
        for (let round = 0; round < 3; round++) {
          const ids = Object.keys(grouped.graph.nodes).filter(() => random() < 0.4);
          const result = groupNodes(grouped, ids, `Part ${round}`);
          if ('refusal' in result) continue;
          grouped = result.document;
          instances.push(result.instance);
          expect(meaningOf(grouped)).toEqual(before);
        }
        const keys = keysOf(grouped).filter(() => random() < 0.5);
        expect(meaningOf(unfold(grouped, new Set(keys)).document)).toEqual(before);
        const text = formatDocument(grouped);
        expect(formatDocument(parseDocument(text))).toBe(text);
        for (const instance of instances.reverse()) {
          const result = detachInstance(grouped, instance);
          if ('refusal' in result) throw new Error(result.refusal);
          grouped = result.document;
          expect(meaningOf(grouped)).toEqual(before);
        }
        expect(Object.values(grouped.graph.nodes).filter(({ type }) => type.startsWith('block'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('takes repeated and parametrised instances apart at every level', () => {
    const before = meaningOf(staged);
    const once = detachInstance(staged, 'stage');
    if ('refusal' in once) throw new Error(once.refusal);
    expect(meaningOf(once.document)).toEqual(before);
    const twice = detachInstance(once.document, 'units');
    if ('refusal' in twice) throw new Error(twice.refusal);
    expect(meaningOf(twice.document)).toEqual(before);
    const within = detachInstance(focus(staged, 'stage'), 'last', stage.params);
    if ('refusal' in within) throw new Error(within.refusal);
    expect(meaningOf(unfocus(staged, 'stage', within.document))).toEqual(before);
  });

  it('takes the parameters of the block around along', () => {
    const grouped = groupNodes(focus(staged, 'unit'), ['conv'], 'Inner', unit);
    if ('refusal' in grouped) throw new Error(grouped.refusal);
    expect(meaningOf(unfocus(staged, 'unit', grouped.document))).toEqual(meaningOf(staged));
  });

  it('refuses to tear a tie apart, and to take ports along', () => {
    const twins = network({ image, a: { type: 'flatten' }, b: { type: 'flatten', tiedTo: 'a' } }, []);
    expect(groupNodes(twins, ['a'], 'x')).toMatchObject({ refusal: expect.stringContaining('shares the weights') });
    expect(groupNodes(focus(staged, 'unit'), ['in', 'conv'], 'x', unit)).toHaveProperty('refusal');
    expect(groupNodes(twins, [], 'x')).toHaveProperty('refusal');
  });
});

describe('editing definitions', () => {
  it('renames a parameter everywhere', () => {
    const renamed = renameBlockParam(staged, 'unit', 'filters', 'channels');
    expect(renamed.blocks?.unit?.graph.nodes.conv?.params?.filters).toBe('channels');
    expect(meaningOf(renamed)).toEqual(meaningOf(staged));
    expect(renameBlockParam(staged, 'unit', 'filters', 'stride')).toBe(staged);
    expect(renameBlockParam(staged, 'unit', 'filters', '2x')).toBe(staged);
  });

  it('settles what spoke of a removed parameter', () => {
    const removed = removeBlockParam(staged, 'stage', 'width');
    expect(removed.blocks?.stage?.graph.nodes.units?.params?.filters).toBe(8);
    expect(inferDocument(removed, undefined).problems).toEqual([]);
  });

  it('renames a port with every wire to it', () => {
    expect(meaningOf(renameBlockPort(staged, 'unit', 'in', 'image'))).toEqual(meaningOf(staged));
    expect(renameBlockPort(staged, 'unit', 'in', 'conv')).toBe(staged);
  });

  it('keeps a title, and a note for as long as it says something', () => {
    const titled = setBlockNote(setBlockTitle(staged, 'unit', ' Conv unit '), 'unit', 'From He et al.');
    expect(titled.blocks?.unit).toMatchObject({ title: 'Conv unit', note: 'From He et al.' });
    expect(setBlockNote(titled, 'unit', '').blocks?.unit).not.toHaveProperty('note');
    expect(setBlockTitle(titled, 'unit', '')).toBe(titled);
  });

  it('adds parameters, gives one instance its own definition, removes what is unused', () => {
    expect(setBlockParam(staged, 'unit', 'rate', 0.5).blocks?.unit?.params).toMatchObject({ rate: 0.5 });
    expect(setBlockParam(staged, 'unit', 'not a name', 1)).toBe(staged);
    const own = ownBlock(staged, 'stage');
    expect(own?.document.graph.nodes.stage?.type).toBe(blockType(own?.block ?? ''));
    expect(removeBlock(staged, 'stage')).toBe(staged);
    expect(removeBlock(own?.document ?? staged, 'stage').blocks).not.toHaveProperty('stage');
  });

  it('adopts definitions: the same once, another under a new name with all that it is made of', () => {
    expect(adoptBlocks(staged, { unit, stage }).document).toEqual(staged);
    const other: Block = { ...unit, params: { filters: 9, stride: 1 } };
    const { document, names } = adoptBlocks(staged, { unit: other, stage });
    expect(Object.fromEntries(names)).toEqual({ unit: 'unit-2', stage: 'stage-2' });
    expect(document.blocks?.['stage-2']?.graph.nodes.last?.type).toBe('block:unit-2');
    expect(meaningOf(document)).toEqual(meaningOf(staged));
  });
});

/** Every instance of a network, wherever it is drawn. */
const keysOf = ({ graph, blocks = {} }: NetworkDocument): string[] =>
  [[null, graph] as const, ...Object.entries(blocks).map(([id, block]) => [id, block.graph] as const)].flatMap(
    ([block, { nodes }]) =>
      Object.entries(nodes).flatMap(([id, { type }]) => (type.startsWith('block:') ? [unfoldKey(block, id)] : [])),
  );

describe('opening some instances out', () => {
  const shared = setShared(setRepeat(staged, 'stage', 3), 'stage', true);
  const tied = tie(
    network({ image, a: { type: 'block:stage' }, b: { type: 'block:stage' }, flat: { type: 'flatten' } }, [
      { from: ['image', 'out'], to: ['a', 'in'] },
      { from: ['image', 'out'], to: ['b', 'in'] },
      { from: ['b', 'out'], to: ['flat', 'in'] },
    ]),
    'b',
    'a',
  );

  it.each([
    ['one by one', staged],
    ['copies that share weights', shared],
    ['instances that share weights', tied],
  ])('never changes what is computed: %s', (_, document) => {
    const keys = keysOf(document);
    for (let subset = 0; subset < 2 ** keys.length; subset++) {
      const chosen = new Set(keys.filter((_key, at) => subset & (1 << at)));
      const { document: view } = unfold(document, chosen);
      expect(meaningOf(view)).toEqual(meaningOf(document));
      expect(Object.keys(flatten(view).document.graph.nodes).toSorted()).toEqual(
        Object.keys(flatten(document).document.graph.nodes).toSorted(),
      );
    }
  });

  it('keeps cards for the others, with their values, and knows where each is drawn', () => {
    const { document, frames, originOf } = unfold(staged, new Set([unfoldKey(null, 'stage')]));
    expect(document.graph.nodes).toMatchObject({
      'stage/units': { type: 'block:unit', params: { filters: 10 }, repeat: 2 },
      'stage/last': { type: 'block:unit', params: { filters: 5 } },
    });
    expect(frames).toMatchObject([{ id: 'stage', copies: 1, members: ['stage/units', 'stage/last'], height: 0 }]);
    expect(originOf('stage/last')).toEqual({
      path: [{ instance: 'stage', copy: 0 }],
      block: 'stage',
      node: 'last',
    });
    const both = unfold(staged, new Set([unfoldKey(null, 'stage'), unfoldKey('stage', 'units')]));
    expect(both.frames).toMatchObject([
      { id: 'stage', height: 1 },
      { id: 'stage/units', copies: 2, height: 0 },
    ]);
  });
});

describe('instances', () => {
  const repeated = setAlong(setRepeat(staged, 'stage', 3), 'stage', 'width', [5, 6]);

  it('are repeated, vary along the chain, and share weights', () => {
    expect(repeated.graph.nodes.stage).toMatchObject({ repeat: 3, along: { width: [5, 6] } });
    const filters = (document: NetworkDocument): unknown[] =>
      Object.entries(flatten(document).document.graph.nodes)
        .filter(([id]) => id.endsWith('last/conv'))
        .map(([, { params }]) => params?.filters);
    expect(filters(repeated)).toEqual([5, 6, 6]);
    expect(setShared(repeated, 'stage', true).graph.nodes.stage).toHaveProperty('shared', true);
    // One copy is no repetition, and takes all that goes with it away.
    expect(setRepeat(setShared(repeated, 'stage', true), 'stage', 1)).toEqual(staged);
    expect(setAlong(repeated, 'stage', 'width', null).graph.nodes.stage).not.toHaveProperty('along');
    expect(setRepeat(repeated, 'stage', 3)).toBe(repeated);
  });

  it('use the weights of the first owner, with all that follow them', () => {
    const three = network(
      { image, a: { type: 'block:unit' }, b: { type: 'block:unit' }, c: { type: 'block:unit' } },
      [],
    );
    const chained = tie(tie(three, 'b', 'a'), 'c', 'b');
    expect([chained.graph.nodes.b?.tiedTo, chained.graph.nodes.c?.tiedTo]).toEqual(['a', 'a']);
    const moved = tie(tie(three, 'c', 'b'), 'b', 'a');
    expect([moved.graph.nodes.b?.tiedTo, moved.graph.nodes.c?.tiedTo]).toEqual(['a', 'a']);
    expect(tie(chained, 'a', 'c')).toBe(chained);
    expect(tie(three, 'a', 'a')).toBe(three);
  });
});

describe('fragments', () => {
  const empty = network({}, [], {});

  it('bring the blocks they need to another network, as text', () => {
    const fragment = parseFragment(formatFragment(copyWithBlocks(staged, ['stage'])));
    expect(Object.keys(fragment.blocks ?? {}).toSorted()).toEqual(['stage', 'unit']);
    const pasted = pasteWithBlocks(empty, fragment, [0, 0], null);
    if ('refusal' in pasted) throw new Error(pasted.refusal);
    expect(pasted.document.blocks).toEqual(staged.blocks);
    expect(Object.values(pasted.document.graph.nodes)).toMatchObject([{ type: 'block:stage', params: { width: 5 } }]);
    expect(copyWithBlocks(staged, ['image'])).not.toHaveProperty('blocks');
  });

  it('get other names where another block has theirs', () => {
    const other = network({}, [], { unit: { ...unit, params: { filters: 9, stride: 1 } } });
    const pasted = pasteWithBlocks(other, fragmentOf(staged, 'stage'), [0, 0], null);
    if ('refusal' in pasted) throw new Error(pasted.refusal);
    expect(pasted.document.blocks?.unit).toEqual(other.blocks?.unit);
    const [node] = Object.values(pasted.document.graph.nodes);
    expect(node?.type).toMatch(/^block:stage/);
    expect(meaningOf(network({ image, stage: { ...node } }, [], pasted.document.blocks)).layers.toSorted()).toEqual(
      meaningOf(network({ image, stage: { type: 'block:stage' } }, [])).layers.toSorted(),
    );
  });

  it('are refused within a block that they hold', () => {
    const inside = focus(staged, 'unit');
    expect(pasteWithBlocks(inside, copyWithBlocks(staged, ['stage']), [0, 0], 'unit')).toHaveProperty('refusal');
    expect(pasteWithBlocks(focus(staged, 'stage'), fragmentOf(staged, 'unit'), [0, 0], 'stage')).not.toHaveProperty(
      'refusal',
    );
  });
});
