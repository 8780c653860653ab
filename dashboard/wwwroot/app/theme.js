// Runs before the first paint, so that the page never flashes in the other theme. Not a module: those run too late.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => {
    try { return localStorage.getItem('theme') ?? 'auto'; } catch { return 'auto'; }
  };
  const apply = () => {
    const wanted = choice();
    const theme = wanted === 'auto' ? (dark.matches ? 'dark' : 'light') : wanted;
    document.documentElement.setAttribute('data-bs-theme', theme);
    document.documentElement.setAttribute('data-theme-choice-now', wanted);
    document.dispatchEvent(new CustomEvent('theme-changed'));
  };
  dark.addEventListener('change', apply);
  document.addEventListener('theme-chosen', (event) => {
    try { localStorage.setItem('theme', event.detail); } catch { /* private windows may refuse: the choice then lasts for the page */ }
    apply();
  });
  apply();
})();
