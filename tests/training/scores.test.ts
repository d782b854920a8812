import { describe, expect, it } from 'vitest';
import { classificationScores, regressionScores } from '@/training/scores';

const named = (scores: { name: string; value: number }[]): Record<string, number> =>
  Object.fromEntries(scores.map(({ name, value }) => [name, Math.round(value * 1e6) / 1e6]));

describe('scores', () => {
  it('of two classes are those of the second, as a test for it', () => {
    const scores = classificationScores({
      actual: [0, 0, 1, 1],
      confusion: [
        [2, 0],
        [1, 1],
      ],
      probabilities: [0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8],
    });
    // By hand; the area is scikit-learn's own example.
    expect(named(scores)).toEqual({
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

  it('of several classes are means over them', () => {
    const scores = named(
      classificationScores({
        actual: [0, 1, 2, 2],
        confusion: [
          [1, 0, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 2, 0],
          [0, 0, 0, 0],
        ],
        probabilities: [0.7, 0.1, 0.1, 0.1, 0.05, 0.3, 0.6, 0.05, 0.1, 0.1, 0.7, 0.1, 0.2, 0.1, 0.6, 0.1],
      }),
    );
    expect(scores.Accuracy).toBe(0.75);
    expect(scores.Precision).toBeCloseTo((1 + 0 + 2 / 3 + 0) / 4, 6);
    expect(scores.Recall).toBe(0.5);
    expect(scores['Top-3 accuracy']).toBe(1);
  });

  it('ties count half', () => {
    const probabilities = [0.5, 0.5, 0.5, 0.5];
    const confusion = [
      [1, 0],
      [1, 0],
    ];
    expect(named(classificationScores({ actual: [0, 1], confusion, probabilities }))['ROC AUC']).toBe(0.5);
  });

  it('of numbers', () => {
    // scikit-learn's example for r2_score.
    expect(named(regressionScores([2.5, 0, 2, 8], [3, -0.5, 2, 7]))).toEqual({
      MAE: 0.5,
      RMSE: 0.612372,
      'R²': 0.948608,
    });
    expect(named(regressionScores([1, 4], [1, 1]))).toEqual({ MAE: 1.5, RMSE: 2.12132 });
  });
});
