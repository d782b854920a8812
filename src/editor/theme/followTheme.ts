import { useView } from '@/state/view';

/** Light or dark as chosen; without a choice the style sheet follows the system by itself. */
export function followTheme(): void {
  const apply = ({ theme }: { theme: 'system' | 'light' | 'dark' }): void => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(useView.getState());
  useView.subscribe(apply);
}
