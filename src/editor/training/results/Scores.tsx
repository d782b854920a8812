import { formatPercent, formatReal } from '@/editor/inspector/numbers';
import type { Probe } from '@/training/protocol';

/** What each measure means, in a sentence. */
const MEANINGS: Readonly<Record<string, string>> = {
  Accuracy: 'The share of samples that are right.',
  Precision: 'Of what was taken for a class, the share that is one.',
  Recall: 'Of what is of a class, the share that was found.',
  F1: 'The harmonic mean of precision and recall.',
  IoU: 'What was taken for a class and is one, beside all that is either.',
  'Mean IoU': 'What was taken for a class and is one, beside all that is either; the mean over the classes.',
  'F1 (weighted)': 'The mean of the classes’ F1, each counting as often as it occurs.',
  'ROC AUC': 'The chance that one of a class is given a higher probability for it than one that is not.',
  Perplexity: 'Among how many classes the network is as good as guessing.',
  'Top-3 accuracy': 'The share of samples whose class is among the three likeliest.',
  'Top-5 accuracy': 'The share of samples whose class is among the five likeliest.',
  MAE: 'The mean distance to the target.',
  RMSE: 'The root of the mean squared distance to the target.',
  'R²': 'The share of the targets’ spread that is explained; 0 is as good as their mean.',
};

/** Every measure over all validation samples, of the whole set at once. */
export function Scores({ probe: { scores, classes, epoch } }: { probe: Probe }) {
  if (scores.length === 0) return <p className="text-muted">There is nothing to measure: no field is the target.</p>;
  const averaged = classes !== null && classes.length > 2;
  return (
    <table className="w-full max-w-md text-xs tabular-nums">
      <caption className="pb-1 text-left text-xs text-muted">
        Over all validation samples, epoch {epoch}
        {averaged ? '; macro means that each class counts alike' : ''}.
      </caption>
      <tbody>
        {scores.map(({ name, value, unit }) => (
          <tr key={name} title={MEANINGS[name] ?? MEANINGS[name.replace(' (macro)', '')]}>
            <th scope="row" className="py-0.5 pr-3 text-left font-normal text-muted">
              {name}
            </th>
            <td className="py-0.5 text-right">{unit === 'share' ? formatPercent(value) : formatReal(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
