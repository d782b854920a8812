export function ProblemsPanel() {
  return <section aria-label="Problems" />;
}
