/** Keys to press, as they are named on this machine. */
export function Kbd({ children }: { children: string }) {
  return <kbd className="shrink-0 font-sans text-xs whitespace-nowrap text-muted">{children}</kbd>;
}
