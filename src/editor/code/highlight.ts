/** JSON in colours. The highlighter is loaded when first needed. */
import type { HighlighterCore } from 'shiki/core';

/** A run of text in one colour for light and one for dark. */
export interface Token {
  text: string;
  light: string;
  dark: string;
}

let loading: Promise<HighlighterCore> | undefined;

async function load(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, json, light, dark] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('shiki/langs/json.mjs'),
    import('shiki/themes/github-light-default.mjs'),
    import('shiki/themes/github-dark-default.mjs'),
  ]);
  return createHighlighterCore({
    langs: [json.default],
    themes: [light.default, dark.default],
    engine: createJavaScriptRegexEngine(),
  });
}

/** Longer texts are shown plain: colouring them would hold up the page. */
export const LONGEST_COLOURED = 150_000;

export async function highlightJson(text: string): Promise<Token[][]> {
  loading ??= load();
  const highlighter = await loading;
  const { tokens } = highlighter.codeToTokens(text, {
    lang: 'json',
    themes: { light: 'github-light-default', dark: 'github-dark-default' },
    defaultColor: false,
  });
  return tokens.map((line) =>
    line.map(({ content, htmlStyle }) => ({
      text: content,
      light: htmlStyle?.['--shiki-light'] ?? 'inherit',
      dark: htmlStyle?.['--shiki-dark'] ?? 'inherit',
    })),
  );
}
