import { describe, expect, it } from 'vitest';
import { datasetInfo } from '@/datasets';
import { documentSchema } from '@/document';
import { networkSvg, PICTURE_THEMES, type PictureCard, type PictureView, pictureView } from '@/formats/picture';
import { encoderDecoder } from '@/gallery/sequences/encoderDecoder';
import { transformerBase } from '@/gallery/transformers/transformer';
import { inferDocument } from '@/inference';

const card = (id: string, y: number, changed: Partial<PictureCard> = {}): PictureCard => ({
  id,
  title: 'Conv2D',
  name: id,
  detail: '6 filters · 5×5 · tanh',
  shape: '28×28×6',
  params: '156',
  color: '#3b82f6',
  x: 0,
  y,
  width: 208,
  height: 72,
  ...changed,
});

const view = (changed: Partial<PictureView> = {}): PictureView => ({
  title: 'LeNet-5',
  direction: 'down',
  cards: [card('conv1', 0), card('conv2', 120)],
  wires: [{ from: 'conv1', to: 'conv2', label: '14×14×6' }],
  ...changed,
});

/** The text of all `<text>` elements, in order. */
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);

describe('the picture of a network', () => {
  it('shows every card with its texts, and the shapes on the wires', () => {
    expect(texts(networkSvg(view()))).toEqual([
      ...['Conv2D', 'conv1', '6 filters · 5×5 · tanh', '28×28×6', '156'],
      ...['Conv2D', 'conv2', '6 filters · 5×5 · tanh', '28×28×6', '156'],
      '14×14×6',
    ]);
  });

  it('is as large as the network with a margin, wherever that lies', () => {
    const svg = networkSvg(view({ cards: [card('a', -500, { x: -300 }), card('b', 100, { x: 50 })], wires: [] }));
    expect(svg).toContain('width="606" height="720" viewBox="-324 -524 606 720"');
  });

  it('draws a wire from the bottom of one card to the top of the next', () => {
    expect(networkSvg(view())).toContain('<path d="M104,72 C104,96 104,96 104,120"/>');
  });

  it('leads a wire around the cards that lie in its way, with its label beside them', () => {
    const cards = [card('a', 0), card('b', 120), card('c', 240)];
    const svg = networkSvg(view({ cards, wires: [{ from: 'a', to: 'c', detour: 132, label: 'skip' }] }));
    expect(svg).toMatch(/<path d="M104,72 C[^"]* L236,[^"]* 104,240"\/>/);
    expect(svg).toMatch(/<text x="257.2" y="160"[^>]*>skip</);
    expect(svg).toContain('width="326.4"');
  });

  it('draws from left to right where the canvas does', () => {
    const cards = [card('conv1', 0), card('conv2', 0, { x: 280 })];
    expect(networkSvg(view({ direction: 'right', cards }))).toContain('<path d="M208,36 C244,36 244,36 280,36"/>');
  });

  it('leaves out wires to cards that are not there', () => {
    expect(networkSvg(view({ wires: [{ from: 'conv1', to: 'gone' }] }))).not.toContain('<path');
  });

  it('escapes every text and colour, and drops what XML forbids', () => {
    const nasty = '"><script>&\u0000\ud800\n';
    const svg = networkSvg(
      view({
        title: nasty,
        cards: [card('a', 0, { title: nasty, name: '', detail: nasty, shape: '', params: nasty, color: nasty })],
        wires: [{ from: 'a', to: 'a', label: nasty }],
      }),
    );
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    expect(svg).toContain('fill="&quot;&gt;&lt;script&gt;&amp; "');
    expect(svg).not.toMatch(/\p{Cs}/u);
    expect(svg).not.toContain('\u0000');
  });

  it('cuts texts that are too long for the card', () => {
    const [title, name] = texts(
      networkSvg(view({ cards: [card('a', 0, { name: 'a name without any end in sight' })], wires: [] })),
    );
    expect(title).toBe('Conv2D');
    expect(name).toMatch(/^a name.*…$/);
  });

  it('draws an empty network as an empty picture', () => {
    expect(networkSvg({ title: 'Nothing', direction: 'down', cards: [], wires: [] })).toContain(
      'viewBox="-24 -24 48 48"',
    );
  });

  it('takes the colours of the theme', () => {
    const svg = networkSvg(view(), PICTURE_THEMES.dark);
    expect(svg).toContain(`fill="${PICTURE_THEMES.dark.background}"`);
    expect(svg).not.toContain(PICTURE_THEMES.light.text);
  });

  it('draws a thousand layers at once', () => {
    const cards = Array.from({ length: 1000 }, (_, index) => card(`layer${index}`, index * 120));
    const wires = cards.slice(1).map(({ id }, index) => ({ from: `layer${index}`, to: id }));
    expect(networkSvg({ title: 'Deep', direction: 'down', cards, wires }).match(/<path/g)).toHaveLength(999);
  });
});

describe('the view of a network', () => {
  const lenet = documentSchema.parse({
    format: 'tensorloom',
    version: 1,
    name: 'Small',
    graph: {
      nodes: {
        image: { type: 'input', params: { field: 'image' }, at: [0, 0] },
        conv1: {
          type: 'conv2d',
          name: 'First',
          params: { filters: 6, kernelSize: [5, 5], padding: 'same', activation: 'tanh' },
          at: [0, 130],
        },
        odd: { type: 'no-such-layer', at: [300, 130] },
      },
      edges: [{ from: ['image', 'out'], to: ['conv1', 'in'] }],
    },
    training: { dataset: 'mnist' },
  });
  const draw = (document = lenet): PictureView =>
    pictureView(document, inferDocument(document, datasetInfo('mnist')?.fields));

  it('says on a wire from a further output what flows there', () => {
    const { wires } = pictureView(encoderDecoder, inferDocument(encoderDecoder, undefined));
    expect(wires.find(({ from, to }) => from === 'encoder' && to === 'decoder')?.label).toBe('512');
    expect(wires.find(({ from, to }) => from === 'encoder' && to === 'attention')?.label).toBe('T×512');
  });

  it('says of a repeated block how many copies it is, and of shared weights that they are', () => {
    const { cards } = pictureView(transformerBase, inferDocument(transformerBase, undefined));
    expect(cards.find(({ id }) => id === 'encoder')).toMatchObject({ title: 'Encoder layer ×6', block: true });
    expect(cards.find(({ id }) => id === 'words')?.params).toBe('shared 18,944,000');
  });

  it('says of each layer what its card says', () => {
    expect(draw().cards.find(({ id }) => id === 'conv1')).toEqual({
      id: 'conv1',
      title: 'Conv2D',
      name: 'First',
      detail: '6 filters · 5×5 · tanh',
      shape: '28×28×6',
      params: '156',
      color: '#0072b2',
      x: 0,
      y: 130,
      width: 216,
      height: 72,
    });
  });

  it('puts shapes on the wires', () => {
    expect(draw().wires).toEqual([{ from: 'image', to: 'conv1', detour: 0, label: '28×28×1' }]);
  });

  it('shows a layer it does not know by its type', () => {
    expect(draw().cards.find(({ id }) => id === 'odd')).toMatchObject({
      title: 'no-such-layer',
      shape: '',
      params: '',
    });
  });

  it('lays out a document that says nothing of places, each layer below what feeds it', () => {
    const nodes = Object.entries(lenet.graph.nodes).map(([id, { at: _, ...node }]) => [id, node]);
    const document = { ...lenet, graph: { ...lenet.graph, nodes: Object.fromEntries(nodes) } };
    const at = new Map(draw(document).cards.map(({ id, x, y }) => [id, [x, y]]));
    expect(at.get('conv1')?.[1]).toBe(130);
    expect(new Set([...at.values()].map(String)).size).toBe(3);
  });
});
