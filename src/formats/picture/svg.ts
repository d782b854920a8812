/**
 * A network as an SVG picture: the cards and wires as they lie on the canvas, in text a vector editor can edit.
 *
 * The picture is written from positions alone, so it is the same on the page and in the command line, and it needs
 * no browser. It brings no fonts, scripts or references of any kind.
 */

import { type Detour, type Direction, detourPath } from '@/document';

/** A layer's card. Texts are plain; what is empty is left out. */
export interface PictureCard {
  id: string;
  /** The layer's type as people know it, such as `Conv2D`; of a repeated block with its copies, `Encoder layer ×6`. */
  title: string;
  /** The node's own name. */
  name: string;
  /** The two or three values that matter: `6 filters · 5×5 · tanh`. */
  detail: string;
  /** The output shape: `28×28×6`. */
  shape: string;
  /** The parameter count: `156`, or `shared 156` where the weights are another's. */
  params: string;
  /** The family's colour, any CSS colour. */
  color: string;
  /** Stands for several layers: has a thicker edge. */
  block?: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** A wire between two cards, with the flow. */
export interface PictureWire {
  from: string;
  to: string;
  /** Which way it goes around other cards; straight on where absent. */
  detour?: Detour;
  /** A shape that rides on the wire. */
  label?: string;
}

export interface PictureView {
  /** The network's name: what a screen reader says of the picture. */
  title: string;
  direction: Direction;
  cards: readonly PictureCard[];
  wires: readonly PictureWire[];
}

export interface PictureTheme {
  background: string;
  card: string;
  border: string;
  text: string;
  /** For what is said beside the main thing: names, values, shapes on wires. */
  quiet: string;
  wire: string;
}

export const PICTURE_THEMES = {
  light: {
    background: '#ffffff',
    card: '#ffffff',
    border: '#d4d7dd',
    text: '#16181d',
    quiet: '#5b6270',
    wire: '#8b93a1',
  },
  dark: {
    background: '#15171c',
    card: '#1e2128',
    border: '#3a3f4a',
    text: '#eceef2',
    quiet: '#a3aab8',
    wire: '#78808f',
  },
} satisfies Record<string, PictureTheme>;

const MARGIN = 24;
const PADDING = 12;
const CORNER = 8;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const TITLE_SIZE = 13;
const SMALL_SIZE = 11;
/** The width of a letter, on average, as a share of its size: of the widest of the system fonts. */
const LETTER = 0.6;
/** The same of the titles' heavier letters. */
const TITLE_LETTER = 0.68;

/** Draws a network. The picture is as large as the network, with a margin around it. */
export function networkSvg(view: PictureView, theme: PictureTheme = PICTURE_THEMES.light): string {
  const routes = routesOf(view);
  const frame = bounds([...view.cards.flatMap(corners), ...routes.flatMap((route) => route.points)]);

  return [
    element('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      width: frame.width,
      height: frame.height,
      viewBox: [frame.x, frame.y, frame.width, frame.height].map(rounded).join(' '),
      'font-family': FONT,
    }),
    `<title>${escaped(view.title)}</title>`,
    element('rect', { ...frame, fill: theme.background }, ''),
    element('g', { fill: 'none', stroke: theme.wire, 'stroke-width': 1.5 }),
    ...routes.map((route) => element('path', { d: route.path }, '')),
    '</g>',
    ...view.cards.map((card) => drawnCard(card, theme)),
    ...routes.flatMap((route) => drawnLabel(route, theme)),
    '</svg>',
    '',
  ].join('\n');
}

function drawnCard(card: PictureCard, theme: PictureTheme): string {
  const left = card.x + PADDING;
  const right = card.x + card.width - PADDING;
  const inner = card.width - 2 * PADDING;
  const title = fitted(card.title, TITLE_SIZE, inner - 14);
  // As on the canvas: where it does not fit beside the type, the name stands a line lower.
  const beside = widthOf(card.name, SMALL_SIZE) <= inner - 14 - widthOf(title, TITLE_SIZE) - 8;
  const second = card.detail !== '' || (!beside && card.name !== '');
  // Up to three lines, spread evenly over the height of the card.
  const lines = [true, second, card.shape !== '' || card.params !== ''].filter(Boolean).length;
  const baseline = (line: number): number => card.y + 6 + ((card.height - 12) * (line + 0.5)) / lines + 4.5;

  const name = fitted(card.name, SMALL_SIZE, card.detail === '' ? inner : 0.6 * inner);
  const room = beside ? inner : inner - widthOf(name, SMALL_SIZE) - 8;
  const last = baseline(lines - 1);
  const params = fitted(card.params, SMALL_SIZE, inner);
  const shape = fitted(card.shape, SMALL_SIZE, inner - widthOf(params, SMALL_SIZE) - 8);

  return [
    '<g>',
    element(
      'rect',
      {
        x: card.x,
        y: card.y,
        width: card.width,
        height: card.height,
        rx: CORNER,
        fill: theme.card,
        stroke: card.block ? card.color : theme.border,
        'stroke-width': card.block ? 2 : undefined,
      },
      '',
    ),
    element('circle', { cx: left + 4, cy: baseline(0) - 4.5, r: 4, fill: card.color }, ''),
    text(title, left + 14, baseline(0), { size: TITLE_SIZE, fill: theme.text, weight: 600 }),
    text(name, right, baseline(beside ? 0 : 1), { size: SMALL_SIZE, fill: theme.quiet, anchor: 'end' }),
    text(fitted(card.detail, SMALL_SIZE, room), left, baseline(1), { size: SMALL_SIZE, fill: theme.quiet }),
    text(shape, left, last, { size: SMALL_SIZE, fill: theme.text }),
    text(params, right, last, { size: SMALL_SIZE, fill: theme.text, anchor: 'end' }),
    '</g>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** A wire's shape, on a patch of the background so that the line does not run through it. */
function drawnLabel({ label, middle }: Route, theme: PictureTheme): string[] {
  if (label === undefined || label === '') return [];
  const width = widthOf(label, SMALL_SIZE) + 8;
  const patch = { x: middle.x - width / 2, y: middle.y - 8, width, height: 16, rx: 4, fill: theme.background };
  return [
    element('rect', patch, ''),
    text(label, middle.x, middle.y + 4, { size: SMALL_SIZE, fill: theme.quiet, anchor: 'middle' }),
  ];
}

/** A wire on its way: where it begins, ends and bears its label, and its line as SVG writes it. */
interface Route {
  points: readonly Point[];
  path: string;
  middle: Point;
  label: string | undefined;
}

/** The ways of all wires that lead from a card to a card. */
function routesOf({ cards: all, wires, direction }: PictureView): Route[] {
  const cards = new Map(all.map((card) => [card.id, card]));
  return wires.flatMap(({ from, to, detour, label }) => {
    const [source, target] = [cards.get(from), cards.get(to)];
    if (source === undefined || target === undefined) return [];
    const [start, end] = [leaving(source, direction), entering(target, direction)];
    if (detour) {
      const [path, x, y] = detourPath([start.x, start.y], [end.x, end.y], detour, direction === 'down');
      // A label upon the line would reach over the cards that it leads around.
      const middle = direction === 'down' ? { x: x + 8 + widthOf(label ?? '', SMALL_SIZE) / 2, y } : { x, y };
      const outer = { x: Math.max(x, 2 * middle.x - x), y };
      return [{ points: [start, outer, end], path, middle, label }];
    }
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
    return [{ points: [start, end], path: curve(start, end, direction), middle, label }];
  });
}

const leaving = ({ x, y, width, height }: PictureCard, direction: Direction): Point =>
  direction === 'down' ? { x: x + width / 2, y: y + height } : { x: x + width, y: y + height / 2 };

const entering = ({ x, y, width, height }: PictureCard, direction: Direction): Point =>
  direction === 'down' ? { x: x + width / 2, y } : { x, y: y + height / 2 };

/** A smooth way with the flow. Against it or across it swings out as far as it needs to. */
function curve(start: Point, end: Point, direction: Direction): string {
  const down = direction === 'down';
  const swing = Math.max(Math.abs(down ? end.y - start.y : end.x - start.x) / 2, 16);
  const [dx, dy] = down ? [0, swing] : [swing, 0];
  return `M${point(start)} C${point({ x: start.x + dx, y: start.y + dy })} ${point({ x: end.x - dx, y: end.y - dy })} ${point(end)}`;
}

const corners = (card: PictureCard): Point[] => [
  { x: card.x, y: card.y },
  { x: card.x + card.width, y: card.y + card.height },
];

function bounds(points: readonly Point[]): { x: number; y: number; width: number; height: number } {
  // Not Math.min(...points): a large network has more points than a call may have arguments.
  const [first = { x: 0, y: 0 }] = points;
  const box = { left: first.x, top: first.y, right: first.x, bottom: first.y };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return {
    x: box.left - MARGIN,
    y: box.top - MARGIN,
    width: box.right - box.left + 2 * MARGIN,
    height: box.bottom - box.top + 2 * MARGIN,
  };
}

/** About as wide as the text will be drawn; no font is measured. */
const widthOf = (content: string, size: number): number => [...content].length * letterOf(size);

const letterOf = (size: number): number => size * (size === TITLE_SIZE ? TITLE_LETTER : LETTER);

/** The text, cut with an ellipsis where it would not fit. Empty where not even a letter fits. */
function fitted(content: string, size: number, width: number): string {
  if (widthOf(content, size) <= width) return content;
  const letters = Math.floor(width / letterOf(size)) - 1;
  return letters < 1 ? '' : `${[...content].slice(0, letters).join('').trimEnd()}…`;
}

interface TextStyle {
  size: number;
  fill: string;
  weight?: number;
  anchor?: 'middle' | 'end';
}

function text(content: string, x: number, y: number, { size, fill, weight, anchor }: TextStyle): string {
  if (content === '') return '';
  return element(
    'text',
    { x, y, 'font-size': size, fill, 'font-weight': weight, 'text-anchor': anchor },
    escaped(content),
  );
}

/** An element with its attributes, escaped; without content it is left open. */
function element(name: string, attributes: Record<string, string | number | undefined>, content?: string): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === undefined ? [] : [` ${attribute}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  if (content === undefined) return `${start}>`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

const point = ({ x, y }: Point): string => `${rounded(x)},${rounded(y)}`;

/** Two decimals are finer than any screen, and keep the file small and its differences readable. */
const rounded = (value: number): string => String(Math.round(value * 100) / 100);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that is safe in content and in attributes. Control characters and lone surrogates are not allowed in XML. */
const escaped = (content: string): string =>
  content
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) => (/[\t\n\r]/.test(character) ? ' ' : ''))
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
