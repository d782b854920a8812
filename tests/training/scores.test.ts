import { describe, expect, it } from 'vitest';
import { ClassScores, NumberScores } from '@/training/scores';
import { randomOf } from '../support/networks';

const named = (scores: readonly { name: string; value: number }[]): Record<string, number> =>
  Object.fromEntries(scores.map(({ name, value }) => [name, Math.round(value * 1e6) / 1e6]));

/** Of samples given as `[actual, ...probabilities]`; the likeliest class, the first of equals, is predicted. */
function scoresOf(classes: number, samples: readonly (readonly number[])[]): ClassScores {
  const scores = new ClassScores(classes);
  for (const [actual = 0, ...shares] of samples) scores.add(actual, shares.indexOf(Math.max(...shares)), shares);
  return scores;
}

describe('scores', () => {
  it('of two classes are those of the second, as a test for it', () => {
    const scores = scoresOf(2, [
      [0, 0.9, 0.1],
      [0, 0.6, 0.4],
      [1, 0.65, 0.35],
      [1, 0.2, 0.8],
    ]);
    expect(scores.confusion).toEqual([
      [2, 0],
      [1, 1],
    ]);
    // By hand; the area is scikit-learn's own example.
    expect(named(scores.scores)).toEqual({
      Accuracy: 0.75,
      Precision: 1,
      Recall: 0.5,
      F1: 0.666667,
      IoU: 0.5,
      'ROC AUC': 0.75,
      Perplexity:
        Math.round(Math.exp(-(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4) * 1e6) / 1e6,
    });
  });

  it('of several classes are means over those that occur, named for how they are taken', () => {
    const { scores, accuracy, confusion } = scoresOf(4, [
      [0, 0.7, 0.1, 0.1, 0.1],
      [1, 0.05, 0.3, 0.6, 0.05],
      [2, 0.1, 0.1, 0.7, 0.1],
      [2, 0.2, 0.1, 0.6, 0.1],
    ]);
    expect(accuracy).toBe(0.75);
    expect(confusion?.[1]).toEqual([0, 0, 1, 0]);
    // By hand, as scikit-learn has them: the last class neither occurs nor is predicted.
    expect(named(scores)).toEqual({
      Accuracy: 0.75,
      'Top-3 accuracy': 1,
      'Precision (macro)': 0.555556,
      'Recall (macro)': 0.666667,
      'F1 (macro)': 0.6,
      'F1 (weighted)': 0.65,
      'Mean IoU': 0.555556,
      'ROC AUC (macro)': 0.958333,
      Perplexity: Math.round((0.7 * 0.3 * 0.7 * 0.6) ** -0.25 * 1e6) / 1e6,
    });
  });

  it('rank as if every pair were compared', () => {
    const random = randomOf(3);
    const samples = Array.from({ length: 400 }, () => {
      const actual = random() < 0.3 ? 1 : 0;
      const odds = 6 * (random() - 0.5) + (actual === 1 ? 1 : 0);
      const share = 1 / (1 + Math.exp(-odds));
      return [actual, 1 - share, share];
    });
    let [pairs, won] = [0, 0];
    for (const [yes, , high = 0] of samples) {
      for (const [no, , low = 0] of samples) {
        if (yes !== 1 || no !== 0) continue;
        pairs += 1;
        won += high > low ? 1 : high === low ? 0.5 : 0;
      }
    }
    const area = named(scoresOf(2, samples).scores)['ROC AUC'] ?? 0;
    expect(Math.abs(area - won / pairs)).toBeLessThan(1e-3);
    expect(won / pairs).toBeGreaterThan(0.6);
  });

  it('ties count half, and certainty is no error', () => {
    const half = [
      [0, 0.5, 0.5],
      [1, 0.5, 0.5],
    ];
    expect(named(scoresOf(2, half).scores)['ROC AUC']).toBe(0.5);
    const sure = [
      [0, 1, 0],
      [1, 0, 1],
    ];
    expect(named(scoresOf(2, sure).scores)['ROC AUC']).toBe(1);
  });

  it('of what is no probability leave out what needs one', () => {
    const names = scoresOf(3, [
      [0, 4, -1, 0.2],
      [1, -3, 2, 1],
    ]).scores.map(({ name }) => name);
    expect(names).toContain('F1 (macro)');
    expect(names.filter((name) => /AUC|Perplexity/.test(name))).toEqual([]);
  });

  it('of very many classes have no table', () => {
    const scores = new ClassScores(4096);
    scores.add(7, 7, new Float32Array(4096).fill(1 / 4096));
    expect(scores.confusion).toBeNull();
    expect(named(scores.scores)).toMatchObject({ Accuracy: 1, Perplexity: 4096 });
  });

  it('of numbers', () => {
    const of = (predicted: number[], target: number[]) => {
      const scores = new NumberScores();
      for (const [at, value] of predicted.entries()) scores.add(value, target[at] ?? 0);
      return named(scores.scores);
    };
    // scikit-learn's example for r2_score.
    expect(of([2.5, 0, 2, 8], [3, -0.5, 2, 7])).toEqual({ MAE: 0.5, RMSE: 0.612372, 'R²': 0.948608 });
    expect(of([1, 4], [1, 1])).toEqual({ MAE: 1.5, RMSE: 2.12132 });
    // Far from zero, too.
    expect(of([1e6 + 2.5, 1e6], [1e6 + 3, 1e6 - 0.5])['R²']).toBeCloseTo(1 - 0.5 / 6.125, 4);
  });
});
