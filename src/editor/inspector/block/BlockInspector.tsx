import { setBlockNote, setBlockTitle, titleOfBlock, usesOf } from '@/document';
import { layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { Numbers } from '../node/Numbers';
import { FIELD } from '../params/DraftInput';
import { Section } from '../Section';
import { BlockParams } from './BlockParams';

/** The block one is in: what it is called, what can be chosen about it, and what the instance looked at comes to. */
export function BlockInspector({ id }: { id: string }) {
  const whole = useNetwork((state) => state.whole);
  const edit = useNetwork((state) => state.editWhole);
  const inference = useNetwork((state) => state.inference);
  const block = whole.blocks?.[id];
  const last = inference.path.at(-1);
  if (!block || !last) return null;
  const title = titleOfBlock(id, block);
  const around = inference.at(inference.path.slice(0, -1));
  const instance = around.nodes.get(last.instance);
  const copies = around.copiesOf(last.instance);
  const uses = usesOf(whole, id).length;
  return (
    <>
      <header className="flex flex-col gap-2 px-3 pt-3 pb-2">
        <h2 className="truncate text-sm font-semibold">{title}</h2>
        <p className="text-xs text-muted">
          A block. What you change here changes {uses === 1 ? 'the one place' : `all ${uses} places`} where it stands.
        </p>
        <label className="grid grid-cols-[104px_minmax(0,1fr)] items-center gap-x-2 text-muted">
          Title
          <input
            className={`${FIELD} text-fg`}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            key={id}
            defaultValue={title}
            onChange={(event) => {
              const text = event.target.value;
              edit(`Rename ${title}`, (document) => setBlockTitle(document, id, text), { coalesce: `block ${id}` });
            }}
          />
        </label>
        <textarea
          aria-label="Note on the block"
          className={`${FIELD} h-auto min-h-12 resize-y py-1`}
          placeholder="What it is for"
          value={block.note ?? ''}
          maxLength={10_000}
          onChange={(event) => {
            const text = event.target.value;
            edit(`Note on ${title}`, (document) => setBlockNote(document, id, text), { coalesce: `block note ${id}` });
          }}
        />
      </header>
      <BlockParams id={id} block={block} />
      {instance ? (
        <>
          <Numbers inference={instance} layer={layerIn(whole, `block:${id}`)} />
          {copies > 1 ? (
            <p className="px-3 pt-2 text-xs text-muted">
              These are of all {copies} copies in their chain; on the canvas is one of them.
            </p>
          ) : null}
        </>
      ) : (
        <Section title="Output">
          <p className="text-muted">Not known while a problem stands.</p>
        </Section>
      )}
    </>
  );
}
