import { Plus, X } from 'lucide-react';
import {
  type Block,
  blockType,
  isParamName,
  type Json,
  removeBlockParam,
  renameBlockParam,
  setBlockParam,
} from '@/document';
import { Button, IconButton } from '@/editor/ui';
import { ask } from '@/editor/ui/ask';
import { layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { DraftInput } from '../params/DraftInput';
import { writeText } from '../params/text';
import { Section } from '../Section';

/** A value as it is typed: a number, true or false, a list; anything else is a text. */
function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function askForParam(id: string, taken: readonly string[]): void {
  ask({
    title: 'Add a parameter',
    description: 'Hyperparameters within can then speak of it, as 4*filters.',
    label: 'Name and default value',
    value: 'filters = 64',
    action: 'Add',
    answer: (text) => {
      const [name = '', ...rest] = text.split('=');
      const [plain, value] = [name.trim(), rest.join('=').trim()];
      if (!isParamName(plain)) return 'A name begins with a letter and holds letters, digits and _ alone.';
      if (taken.includes(plain)) return `There is a parameter ${plain} already.`;
      if (value === '') return 'Write its default after =, as in filters = 64.';
      useNetwork
        .getState()
        .editWhole(`Parameter ${plain}`, (document) => setBlockParam(document, id, plain, readValue(value)));
      return null;
    },
  });
}

/** What can be chosen about each instance of the block: names, defaults, and the values where one looks. */
export function BlockParams({ id, block }: { id: string; block: Block }) {
  const edit = useNetwork((state) => state.editWhole);
  const environment = useNetwork((state) => state.inference.environment);
  const layer = useNetwork((state) => layerIn(state.whole, blockType(id)));
  const params = Object.entries(block.params ?? {});
  return (
    <Section title="Parameters">
      {params.length === 0 ? (
        <p className="pb-1 text-muted">
          None yet. With one, every instance can have a value of its own, and hyperparameters within can be computed
          from it.
        </p>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_24px] items-start gap-x-2 gap-y-1">
          <span className="text-xs text-muted">Name</span>
          <span className="text-xs text-muted">Default</span>
          <span />
          {params.map(([name, value]) => {
            const spec = layer?.params[name];
            const here = environment[name];
            return (
              <div key={name} className="contents">
                <DraftInput
                  id={`param-${name}`}
                  label={`Name of ${name}`}
                  text={name}
                  commit={(text) => {
                    const to = text.trim();
                    if (to === name) return null;
                    if (!isParamName(to)) return 'Letters, digits and _ alone.';
                    if (Object.hasOwn(block.params ?? {}, to)) return `There is ${to} already.`;
                    // Renamed when left: a name half typed would rename the field itself.
                    return null;
                  }}
                  leave={(text) => {
                    const to = text.trim();
                    edit(`Rename ${name} to ${to}`, (document) => renameBlockParam(document, id, name, to));
                  }}
                />
                <div>
                  <DraftInput
                    id={`default-${name}`}
                    label={`Default of ${name}`}
                    text={typeof value === 'string' ? value : JSON.stringify(value)}
                    commit={(text) => {
                      if (text.trim() === '') return 'A default is needed.';
                      edit(
                        `Default of ${name}`,
                        (document) => setBlockParam(document, id, name, readValue(text.trim())),
                        { coalesce: `default ${id} ${name}` },
                      );
                      return null;
                    }}
                  />
                  {here === undefined || JSON.stringify(here) === JSON.stringify(value) ? null : (
                    <p className="mt-0.5 text-xs text-muted tabular-nums">
                      here {spec ? writeText(spec.editor, here) || String(here) : String(here)}
                    </p>
                  )}
                </div>
                <IconButton
                  label={`Remove the parameter ${name}`}
                  onClick={() =>
                    edit(`Remove the parameter ${name}`, (document) => removeBlockParam(document, id, name))
                  }
                >
                  <X size={13} />
                </IconButton>
              </div>
            );
          })}
        </div>
      )}
      <div className="pt-1.5">
        <Button
          size="small"
          onClick={() =>
            askForParam(
              id,
              params.map(([name]) => name),
            )
          }
        >
          <Plus size={13} /> Add a parameter
        </Button>
      </div>
    </Section>
  );
}
