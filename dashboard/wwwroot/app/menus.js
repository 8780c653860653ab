// Menus that close when one looks elsewhere, the drawer of narrow screens, and the theme buttons.
const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
  setDrawer(false);
});

function setDrawer(open) {
  const button = document.querySelector('.drawer-button');
  if (!button || document.body.classList.contains('drawer-open') === open) return;
  document.body.classList.toggle('drawer-open', open);
  button.setAttribute('aria-expanded', String(open));
  (open ? document.querySelector('.sidebar a') : button).focus();
}

for (const button of document.querySelectorAll('[data-drawer]'))
  button.addEventListener('click', () => setDrawer(button.dataset.drawer === 'open'));

const themeButtons = document.querySelectorAll('[data-theme-choice]');
function showTheme() {
  const now = document.documentElement.getAttribute('data-theme-choice-now');
  for (const button of themeButtons) button.setAttribute('aria-pressed', String(button.dataset.themeChoice === now));
}
for (const button of themeButtons)
  button.addEventListener('click', () => {
    document.dispatchEvent(new CustomEvent('theme-chosen', { detail: button.dataset.themeChoice }));
    showTheme();
  });
showTheme();
