/**
 * Hyperparameters as text in a field. What cannot be read is handed on as it was typed, so that the
 * declaration refuses it in its own words.
 */
import type { Json } from '@/document';
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
      return numberFrom(text);
    case 'pair': {
      const parts = sizesFrom(text).map(numberFrom);
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
  if (editor.kind === 'pair' && value[0] === value[1]) return String(value[0]);
  return value.map((size) => (size === null ? '?' : String(size))).join('×');
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
    case 'pair':
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
