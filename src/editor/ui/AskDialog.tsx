import { type FormEvent, useState } from 'react';
import { type Question, stopAsking, useAsking } from './ask';
import { Button } from './Button';
import { Dialog } from './Dialog';

/** Shows the question that is asked, if there is one. */
export function AskDialog() {
  const question = useAsking((state) => state.question);
  if (!question) return null;
  return <Asked key={question.title} question={question} />;
}

function Asked({ question: { title, description, label, value, action, answer } }: { question: Question }) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const complaint = answer(text);
    setError(complaint);
    if (complaint === null) stopAsking();
  };
  return (
    <Dialog
      open
      onClose={stopAsking}
      title={title}
      {...(description !== undefined && { description })}
      width="narrow"
      footer={
        <>
          <Button onClick={stopAsking}>Cancel</Button>
          <Button variant="primary" type="submit" form="ask">
            {action}
          </Button>
        </>
      }
    >
      <form id="ask" onSubmit={submit}>
        <label className="flex flex-col gap-1 text-muted">
          {label}
          <input
            data-autofocus
            className="h-8 rounded-md border border-line bg-field px-2 text-fg outline-none focus-visible:border-accent aria-invalid:border-danger"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            aria-invalid={error !== null}
            aria-describedby={error === null ? undefined : 'ask-error'}
            value={text}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {error === null ? null : (
          <p id="ask-error" role="alert" className="mt-1 text-xs text-danger">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
