/** How numbers are written for people. */
import { type Dim, formatCount, isKnown } from '@/layers';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,234,567`; an expression where it is not known. */
export const fullNumber = (dim: Dim): string => formatCount(dim);

const SCALES = [
  { from: 999.5e9, by: 1e12, unit: 'T' },
  { from: 999.5e6, by: 1e9, unit: 'G' },
  { from: 999.5e3, by: 1e6, unit: 'M' },
  { from: 10_000, by: 1e3, unit: 'k' },
] as const;

/** `61.7 k` for tight places; whole up to 9,999, where shortening would save nothing. */
export function tightNumber(dim: Dim): string {
  if (!isKnown(dim)) return formatCount(dim);
  const scale = SCALES.find(({ from }) => Math.abs(dim) >= from);
  return scale ? `${threeDigits(dim / scale.by)} ${scale.unit}` : grouped.format(dim);
}

const threeDigits = (value: number): string =>
  value.toFixed(Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2);

const BYTE_SCALES = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `246.8 KB`, in powers of 1,000; an expression in bytes where it is not known. */
export function formatBytes(dim: Dim): string {
  if (!isKnown(dim)) return `${formatCount(dim)} bytes`;
  const scale = Math.min(BYTE_SCALES.length - 1, dim < 1000 ? 0 : Math.floor(Math.log10(dim) / 3));
  const unit = BYTE_SCALES[scale] ?? 'bytes';
  return scale === 0 ? `${dim} ${unit}` : `${(dim / 1000 ** scale).toFixed(1)} ${unit}`;
}

/** `97.2 %`. */
export const formatPercent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A loss or the like: about four digits, whatever its size. */
export function formatReal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0005 || size >= 1e6)) return value.toExponential(2).replace('-', '−').replace('+', '');
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4).replace('-', '−');
}

/** `8 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
