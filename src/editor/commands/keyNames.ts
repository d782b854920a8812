/** Keys as they are written on this machine: ⌘⇧Z, or Ctrl+Shift+Z. */

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const APPLE: Readonly<Record<string, string>> = { $mod: '⌘', Control: '⌃', Shift: '⇧', Alt: '⌥', Meta: '⌘' };

const PLAIN: Readonly<Record<string, string>> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' };

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  '-': '−',
};

const keyName = (key: string): string =>
  NAMES[key] ?? key.replace(/^(Digit|Key)/, '').replace(/^[a-z]$/, (letter) => letter.toUpperCase());

/** The name of one binding of tinykeys. */
export function nameOfKeys(binding: string, apple = isApple()): string {
  const parts = binding.split(/\b\+/);
  const key = keyName(parts.at(-1) ?? '');
  const mods = parts.slice(0, -1).filter((mod) => !(key === '?' && mod === 'Shift'));
  return apple
    ? mods.map((mod) => APPLE[mod] ?? mod).join('') + key
    : [...mods.map((mod) => PLAIN[mod] ?? mod), key].join('+');
}
