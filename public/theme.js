// Before anything is drawn, so that a chosen theme never flashes in the other one. The app checks the value itself.
try {
  const { theme } = JSON.parse(localStorage.getItem('tensorloom.view.v1') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
