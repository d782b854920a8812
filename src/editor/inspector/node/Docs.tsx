import { ExternalLink } from 'lucide-react';
import type { LayerDeclaration } from '@/layers';
import { Section } from '../Section';
import { Tex } from '../Tex';

/** What the layer does, its rule, and where that is from. */
export function Docs({ layer: { docs } }: { layer: LayerDeclaration }) {
  return (
    <Section title="About">
      <p className="leading-relaxed">{docs.text}</p>
      {docs.formula === undefined ? null : (
        <div className="overflow-x-auto py-2">
          <Tex tex={docs.formula} text="" />
        </div>
      )}
      <a
        href={docs.source.url}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center gap-1 text-xs text-accent hover:underline"
      >
        {docs.source.title}
        <ExternalLink size={11} aria-label="(opens in a new tab)" />
      </a>
    </Section>
  );
}
