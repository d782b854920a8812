import { describe, expect, it } from 'vitest';
import type { NetworkDocument } from '@/document';
import { readDocument } from '@/document';
import { sortRows, summaryRows, toCsv, toMarkdown } from '@/editor/summary/rows';
import { inferDocument } from '@/inference';

const network = (units: number): NetworkDocument =>
  readDocument({
    format: 'tensorloom',
    version: 1,
    graph: {
      nodes: {
        image: { type: 'input', params: { shape: [4] } },
        wide: { type: 'dense', name: 'wide, "quoted"', params: { units } },
        out: { type: 'dense', name: '=out', params: { units: 2 } },
      },
      edges: [
        { from: ['image', 'out'], to: ['wide', 'in'] },
        { from: ['wide', 'out'], to: ['out', 'in'] },
      ],
    },
  });

const document = network(8);
const inference = inferDocument(document, undefined);
const rows = summaryRows(document, inference);

describe('the summary', () => {
  it('has a row a layer, in the order of the network', () => {
    expect(rows.map(({ name, output, params }) => [name, output, params])).toEqual([
      ['image', 'N×4', 0],
      ['wide, "quoted"', 'N×8', 40],
      ['=out', 'N×2', 18],
    ]);
    expect(rows[1]?.share).toBeCloseTo(40 / 58);
  });

  it('sorts by any column, both ways', () => {
    expect(sortRows(rows, 'params', true).map(({ params }) => params)).toEqual([40, 18, 0]);
    expect(sortRows(rows, 'output', false).map(({ output }) => output)).toEqual(['N×2', 'N×4', 'N×8']);
    expect(sortRows(rows, 'order', true).map(({ id }) => id)).toEqual(['out', 'wide', 'image']);
  });

  it('is copied as Markdown with its total', () => {
    expect(toMarkdown(rows, inference).split('\n').slice(-3)).toEqual([
      '| =out | Dense | N×2 | 18 | 18 | 16 |',
      '| Total |  |  | 58 | 58 | 48 |',
      '',
    ]);
  });

  it('is copied as CSV that no spreadsheet takes for a formula', () => {
    const lines = toCsv(rows, inference).split('\r\n');
    expect(lines[2]).toBe('"wide, ""quoted""",Dense,N×8,40,40,32');
    expect(lines[3]).toBe("'=out,Dense,N×2,18,18,16");
  });

  it('gives no numbers where a problem leaves them unknown', () => {
    const broken = network(-1);
    const known = inferDocument(broken, undefined);
    const [, wide] = summaryRows(broken, known);
    expect(wide?.output).toBeNull();
    expect(wide?.share).toBeNull();
    expect(toMarkdown(summaryRows(broken, known), known)).not.toContain('Total');
  });
});
