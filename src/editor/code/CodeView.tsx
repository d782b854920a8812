import { memo, useDeferredValue, useEffect, useState } from 'react';
import { highlightJson, LONGEST_COLOURED, type Token } from './highlight';

/** Text with line numbers, coloured once the highlighter is there. */
export const CodeView = memo(function CodeView({ text, label }: { text: string; label: string }) {
  const shown = useDeferredValue(text);
  const [coloured, setColoured] = useState<{ text: string; lines: Token[][] }>();
  useEffect(() => {
    if (shown.length > LONGEST_COLOURED) return;
    let wanted = true;
    highlightJson(shown).then(
      (lines) => wanted && setColoured({ text: shown, lines }),
      // Without colours the text is still all there.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [shown]);
  const colours = coloured?.text === shown ? coloured.lines : undefined;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="h-full overflow-auto bg-sunken py-2 font-mono text-xs leading-5"
    >
      <pre className="w-max min-w-full">
        <code>
          {shown.split('\n').map((line, index) => (
            // Lines have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={index} className="flex">
              <span aria-hidden className="w-11 shrink-0 pr-3 text-right text-muted select-none">
                {index + 1}
              </span>
              <span className="pr-4">{colours?.[index] ? <Coloured tokens={colours[index]} /> : line}</span>
            </div>
          ))}
        </code>
      </pre>
    </section>
  );
});

function Coloured({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map(({ text, light, dark }, index) => (
    // Tokens have no identity but their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={index} style={{ color: `light-dark(${light}, ${dark})` }}>
      {text}
    </span>
  ));
}
