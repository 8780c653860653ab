// "g" and a letter goes to a screen, "/" to the search, "?" lists them all. Never while somebody types.
const patience = 1500;
let goingSince = 0;

const typing = (target) => target.closest('input, select, textarea, [contenteditable]') !== null;
const dialog = document.querySelector('dialog.shortcuts');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open) return;
  if (event.key === '/') {
    event.preventDefault();
    document.querySelector('[data-shortcut="/"]')?.focus();
  } else if (event.key === '?') {
    event.preventDefault();
    dialog?.showModal();
  } else if (event.key === 'g') {
    goingSince = event.timeStamp;
  } else if (event.timeStamp - goingSince < patience && goingSince > 0) {
    goingSince = 0;
    const link = [...document.querySelectorAll('[data-go]')].find((a) => a.dataset.go === event.key);
    if (link) location.assign(link.href);
  }
});

for (const button of document.querySelectorAll('[data-shortcuts="open"]'))
  button.addEventListener('click', () => dialog?.showModal());
