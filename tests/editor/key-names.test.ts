import { expect, it } from 'vitest';
import { nameOfKeys } from '@/editor/commands/keyNames';

it.each([
  ['$mod+Shift+Z', 'Ctrl+Shift+Z', '⌘⇧Z'],
  ['Shift+Digit1', 'Shift+1', '⇧1'],
  ['Shift+?', '?', '?'],
  ['Escape', 'Esc', 'Esc'],
  ['Shift+ArrowLeft', 'Shift+←', '⇧←'],
  ['+', '+', '+'],
  ['a', 'A', 'A'],
])('%s is written %s, or %s', (keys, plain, apple) => {
  expect(nameOfKeys(keys, false)).toBe(plain);
  expect(nameOfKeys(keys, true)).toBe(apple);
});
