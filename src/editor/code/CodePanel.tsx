import { Copy, Download, Pencil } from 'lucide-react';
import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { datasetInfo } from '@/datasets';
import { download } from '@/editor/export/download';
import { Button, Segmented } from '@/editor/ui';
import { EXPORTS, type ExportContext, type ExportedFile } from '@/formats';
import { useNetwork } from '@/state/network';
import { CodeEdit } from './CodeEdit';
import { CodeView } from './CodeView';

type Language = 'native' | 'keras';

const LANGUAGES = [
  { value: 'native', label: 'Network JSON' },
  { value: 'keras', label: 'Keras JSON' },
] as const;

/** The network as text: to read, to copy, and as JSON of its own to change. */
export function CodePanel() {
  const document = useNetwork((state) => state.whole);
  const inference = useNetwork((state) => state.inference);
  const [language, setLanguage] = useState<Language>('native');
  const [editing, setEditing] = useState(false);
  const code = useMemo(() => {
    const fields = datasetInfo(document.training.dataset ?? '')?.fields;
    return write(language, {
      document,
      inference: inference.at([]),
      fields,
      weights: null,
      theme: 'light',
      direction: 'down',
    });
  }, [language, document, inference]);
  return (
    <section aria-label="Code" className="flex h-full flex-col">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-1.5">
        <Segmented<Language>
          label="Format"
          value={language}
          options={LANGUAGES}
          disabled={editing}
          onValueChange={setLanguage}
        />
        {editing || 'error' in code ? null : (
          <div className="flex gap-1.5">
            {language === 'native' ? (
              <Button size="small" onClick={() => setEditing(true)}>
                <Pencil size={13} aria-hidden /> Edit
              </Button>
            ) : null}
            <Button
              size="small"
              onClick={() =>
                void navigator.clipboard.writeText(code.text).then(
                  () => toast.success('Copied.'),
                  () => toast.error('The browser did not allow copying.'),
                )
              }
            >
              <Copy size={13} aria-hidden /> Copy
            </Button>
            <Button size="small" onClick={() => download(code.name, new Blob([code.text], { type: code.mediaType }))}>
              <Download size={13} aria-hidden /> Download
            </Button>
          </div>
        )}
      </div>
      <div className="min-h-0 flex-1">
        {'error' in code ? (
          <p className="p-3 text-muted">{code.error}</p>
        ) : editing ? (
          <CodeEdit initial={code.text} document={document} onDone={() => setEditing(false)} />
        ) : (
          <CodeView text={code.text} label={language === 'native' ? 'Network JSON' : 'Keras JSON'} />
        )}
      </div>
    </section>
  );
}

type Written = (Omit<ExportedFile, 'data'> & { text: string }) | { error: string };

function write(language: Language, context: ExportContext): Written {
  try {
    const file = EXPORTS.find(({ id }) => id === language)?.write(context);
    if (typeof file?.data !== 'string') return { error: 'There is no such text.' };
    return { ...file, text: file.data };
  } catch (error) {
    // A network in error has no Keras form; the reason is in words.
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
