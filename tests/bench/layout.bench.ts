/** How long it takes to lay out a large network: in ELK's worker, as “Arrange” does, and by our own layout. */
import ELK from 'elkjs/lib/elk.bundled.js';
import { layered, type NetworkDocument } from '@/document';
import { elkGraph } from '@/editor/canvas/layout/elkGraph';
import { openedOut } from './frames/resnet';

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function time(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

interface Times {
  first: number;
  again: number;
  own: number;
}

async function measure({ graph }: NetworkDocument): Promise<Times> {
  const ids = Object.keys(graph.nodes);
  const elk = new ELK();
  const arrange = () => elk.layout(elkGraph(ids, graph.edges, 'down'));
  return {
    first: await time(1, arrange),
    again: await time(3, arrange),
    own: await time(5, () => layered(ids, graph.edges, 'down')),
  };
}

const bench = {
  title: 'Laying out',
  async run() {
    const [once, twice] = [await openedOut(), await openedOut(2)];
    const count = ({ graph }: NetworkDocument): number => Object.keys(graph.nodes).length;
    // The larger one comes first: whatever comes after finds ELK compiled already.
    const large = await measure(twice);
    const small = await measure(once);
    return {
      table: [
        '| | layers | ELK, newly loaded (ms) | ELK, again (ms) | our own (ms) |',
        '| --- | ---: | ---: | ---: | ---: |',
        `| ResNet-152 | ${count(once)} | | ${small.again.toFixed(0)} | ${small.own.toFixed(0)} |`,
        `| twice ResNet-152 | ${count(twice)} | ${large.first.toFixed(0)} | ${large.again.toFixed(0)} | ${large.own.toFixed(0)} |`,
      ].join('\n'),
      notes: [
        'Networks opened out to single layers. ELK runs in a worker; the first layout after it is loaded finds nothing compiled yet. Our own layout places what has no place, arranges networks of more than 600 layers, and stands in where ELK fails.',
      ],
    };
  },
};

export default bench;
