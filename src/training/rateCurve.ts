/** The course of a loss over rising learning rates, and what it says: Smith 2015, “Cyclical Learning Rates”, §3.3. */
import type { RatePoint, RateSweep } from './protocol';

export const LOWEST_RATE = 1e-6;
const HIGHEST_RATE = 10;

/** Batches of a whole sweep. */
export const RATES = 100;

const DECADES = Math.log10(HIGHEST_RATE / LOWEST_RATE);

/** How many powers of ten a rate of the sweep lies above the lowest. */
export const decadesAt = (index: number): number => (DECADES * index) / (RATES - 1);

/** How far to either side of a rate, in powers of ten, batches are asked for their losses: one alone says little. */
const REACH = 0.4;

/** The loss has left all measure where its average has risen from its least by so many times what it was at first. */
const DIVERGED = 2;

/** How much of the average each batch replaces. */
const FOLLOW = 0.2;

/** A loss that falls by less, of what it was at first, tells no rate from another. */
const FALLS = 0.02;

export class RateCurve {
  private readonly losses: { at: number; loss: number }[] = [];
  private average: number | null = null;
  private least = Number.POSITIVE_INFINITY;
  private diverged: number | null = null;

  /** @returns false where the loss has grown out of measure, and higher rates need not be tried */
  add(decades: number, loss: number): boolean {
    const known = this.average;
    const average = known === null ? loss : known + (loss - known) * FOLLOW;
    if (!Number.isFinite(average) || average - this.least > DIVERGED * Math.abs(this.losses[0]?.loss ?? 0)) {
      this.diverged = rateOf(decades);
      return false;
    }
    this.losses.push({ at: decades, loss });
    this.average = average;
    this.least = Math.min(this.least, average);
    return true;
  }

  get sweep(): RateSweep {
    const fits = this.losses.map(({ at }) => this.fit(at));
    const points = this.losses.map(
      ({ at, loss }, index): RatePoint => ({ rate: rateOf(at), loss, smooth: fits[index]?.value ?? loss }),
    );
    return { points, suggestion: this.steepest(fits), diverged: this.diverged };
  }

  /** The straight line through the losses around a rate: its height and slope there. */
  private fit(center: number): { value: number; slope: number } {
    const near = this.losses.filter(({ at }) => Math.abs(at - center) <= REACH);
    const count = near.length;
    const meanAt = near.reduce((sum, { at }) => sum + at, 0) / count;
    const meanLoss = near.reduce((sum, { loss }) => sum + loss, 0) / count;
    const spread = near.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
    const together = near.reduce((sum, { at, loss }) => sum + (at - meanAt) * (loss - meanLoss), 0);
    const slope = spread === 0 ? 0 : together / spread;
    return { value: meanLoss + slope * (center - meanAt), slope };
  }

  /** Where the loss falls most steeply before it is least. */
  private steepest(fits: readonly { value: number; slope: number }[]): number | null {
    const first = fits[0];
    if (!first) return null;
    const bottom = fits.reduce((best, { value }, at) => (value < (fits[best]?.value ?? 0) ? at : best), 0);
    if (first.value - (fits[bottom]?.value ?? first.value) < FALLS * Math.abs(first.value)) return null;
    const falling = fits.slice(0, bottom + 1);
    const best = falling.reduce((most, { slope }, at) => (slope < (falling[most]?.slope ?? 0) ? at : most), 0);
    return rounded(rateOf(this.losses[best]?.at ?? 0));
  }
}

const rateOf = (decades: number): number => LOWEST_RATE * 10 ** decades;

/** Two digits say all there is to say. */
const rounded = (rate: number): number => Number(rate.toPrecision(2));
