/** A typeset formula. KaTeX is loaded when the first one is shown; until then the plain text stands in. */
import { useEffect, useState } from 'react';

type Render = (tex: string, into: HTMLElement) => void;

let loading: Promise<Render> | undefined;
let loaded: Render | undefined;

function loadKatex(): Promise<Render> {
  loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([{ default: katex }]) => {
    loaded = (tex, into) => katex.render(tex, into, { throwOnError: false, strict: 'ignore' });
    return loaded;
  });
  return loading;
}

export function Tex({ tex, text }: { tex: string; text: string }) {
  const [render, setRender] = useState<Render | undefined>(() => loaded);
  useEffect(() => {
    if (loaded) return;
    let wanted = true;
    loadKatex().then(
      (ready) => wanted && setRender(() => ready),
      // Offline before the first formula: the plain text says the same.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  if (!render) return <span>{text}</span>;
  return <span key={tex} ref={(element) => void (element && render(tex, element))} />;
}
