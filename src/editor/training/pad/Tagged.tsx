import { useEffect } from 'react';
import { padded } from '@/datasets';
import { TaggedText } from '@/editor/text/TaggedText';
import type { Typed } from './Judged';
import { usePrediction } from './usePrediction';
import { choose } from './writing';

/** The class of each word, while one types. */
export function Tagged({ readable: { task, steps, classes }, indices, symbols }: Typed) {
  const { probabilities, failed, ask } = usePrediction();
  const key = indices.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are known by their key
  useEffect(() => {
    ask(indices.length > 0 ? { [task.text]: Float32Array.from(padded(indices, steps)) } : null);
  }, [key, task.text, steps, ask]);
  if (!probabilities) return <p className="text-muted">{failed ?? 'Type a sentence, or load a sample.'}</p>;
  const width = classes.length;
  const tags = symbols.map((_, at) => {
    // The first class is padding, which no word is.
    const said = choose(probabilities.slice(at * width, (at + 1) * width), 0, (index) => index > 0, 0);
    return classes[said] ?? String(said);
  });
  return (
    <section aria-label="What the network says of each word">
      <TaggedText words={symbols} tags={tags} />
    </section>
  );
}
