import { type Derivation, toTex, toText } from '@/layers';
import { Tex } from './Tex';

/** The rule, the rule with this network's values, and the result. */
export function Explanation({ derivation, unit }: { derivation: Derivation; unit?: string | undefined }) {
  const tex = toTex(derivation);
  const text = toText(derivation);
  const lines = [
    { key: 'formula', tex: tex.formula, text: text.formula },
    // A rule without symbols is its own substitution.
    ...(text.substituted === text.formula || text.substituted === text.value
      ? []
      : [{ key: 'substituted', tex: `= ${tex.substituted}`, text: `= ${text.substituted}` }]),
    ...(text.formula === text.value ? [] : [{ key: 'value', tex: `= ${tex.value}`, text: `= ${text.value}` }]),
  ];
  return (
    <div className="flex max-w-full flex-wrap items-center gap-x-1.5 gap-y-0.5 py-0.5 text-[13px]">
      {lines.map((line, index) => (
        <div key={line.key}>
          <Tex tex={line.tex} text={line.text} />
          {unit !== undefined && index === lines.length - 1 ? <span className="text-muted"> {unit}</span> : null}
        </div>
      ))}
    </div>
  );
}
