export function CodePanel() {
  return <section aria-label="Code" />;
}
