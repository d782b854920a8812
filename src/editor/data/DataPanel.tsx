export function DataPanel() {
  return <section aria-label="Data" />;
}
