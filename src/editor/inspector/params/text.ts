/**
 * Hyperparameters as text in a field. What cannot be read is handed on as it was typed, so that the
 * declaration refuses it in its own words.
 */
import { type Environment, ExpressionError, evaluateExpression, isExpression, type Json } from '@/document';
import type { ParamEditor } from '@/layers';

const numberFrom = (text: string): Json => {
  const plain = text
    .trim()
    .replace('−', '-')
    .replace(/(?<=\d)[ _](?=\d{3}\b)/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : text;
};

const SIZES = /[×x*,;\s]+/i;

const sizesFrom = (text: string): string[] =>
  text
    .trim()
    .replace(/^[[(]|[\])]$/g, '')
    .split(SIZES)
    .filter((part) => part !== '');

/** What a typed text means. */
export function readText(editor: ParamEditor, text: string): Json {
  switch (editor.kind) {
    case 'integer':
    case 'real':
      return editor.optional && text.trim() === '' ? null : numberFrom(text);
    case 'integers':
      return sizesFrom(text).map(numberFrom);
    case 'reals': {
      const parts = sizesFrom(text).map(numberFrom);
      return parts.length === 0 && editor.optional ? null : parts;
    }
    case 'margins': {
      const parts = sizesFrom(text).map((part) =>
        part.includes('+') ? part.split('+').map(numberFrom) : numberFrom(part),
      );
      return parts.length === 1 && !Array.isArray(parts[0]) ? (parts[0] ?? text) : parts;
    }
    case 'sizes': {
      const parts = sizesFrom(text).map(numberFrom);
      if (parts.length === 0 && editor.optional) return null;
      return parts.length === 1 ? (parts[0] ?? text) : parts;
    }
    case 'shape': {
      const parts = sizesFrom(text);
      if (parts.length === 0) return editor.optional ? null : [];
      return parts.map((part) => (part === '?' ? null : numberFrom(part)));
    }
    default:
      return text;
  }
}

/** How a value that was read is shown in its field. */
export function writeText(editor: ParamEditor, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  if (editor.kind === 'sizes' && value.every((size) => size === value[0])) return String(value[0]);
  if (editor.kind === 'margins') return writeMargins(value as [number, number][]);
  if (editor.kind === 'integers' || editor.kind === 'reals') return value.join(', ');
  return value.map((size) => (size === null ? '?' : String(size))).join('×');
}

/** `1`, `1×2`, or `0+1×2+3`: before and after each axis. */
function writeMargins(margins: readonly (readonly [number, number])[]): string {
  const sides = margins.map(([before, after]) => (before === after ? String(before) : `${before}+${after}`));
  return sides.every((side) => side === sides[0] && !side.includes('+')) ? (sides[0] ?? '') : sides.join('×');
}

/** The value one step up or down with the arrow keys; null where there is no such value. */
export function stepped(editor: ParamEditor, value: unknown, direction: 1 | -1): Json | null {
  const within = (next: number, { min, max }: { min: number; max: number }): number =>
    Math.min(max, Math.max(min, next));
  switch (editor.kind) {
    case 'integer':
      return typeof value === 'number' ? within(value + direction, editor) : null;
    case 'real':
      // Rounded, else 0.1 + 0.2 would show as 0.30000000000000004.
      return typeof value === 'number'
        ? within(Number((value + direction * editor.step).toPrecision(12)), editor)
        : null;
    case 'sizes':
      return Array.isArray(value) ? value.map((size) => within(Number(size) + direction, editor)) : null;
    default:
      return null;
  }
}

/** Reads a text by a declaration; the value to store, or what is wrong with it. */
export function checkText(
  spec: { editor: ParamEditor; read(value: Json): { value: unknown } | { error: string } },
  text: string,
): { value: Json } | { error: string } {
  const value = readText(spec.editor, text);
  const read = spec.read(value);
  return 'error' in read ? read : { value };
}

/**
 * An expression over a block's parameters, where a text is one: checked by what it comes to, kept as it is typed.
 * Null for any other text.
 */
export function expressionIn(
  spec: { read(value: Json): { value: unknown } | { error: string } },
  text: string,
  environment: Environment | undefined,
): { value: Json } | { error: string } | null {
  const typed = text.trim();
  if (!environment || !isExpression(typed, environment)) return null;
  try {
    const read = spec.read(evaluateExpression(typed, environment));
    return 'error' in read ? read : { value: typed };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { error: error.message };
  }
}
