export function TrainingStatus() {
  return <section aria-label="Training status" />;
}
