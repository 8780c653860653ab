// What somebody chooses is no guess any more.
document.addEventListener('change', (event) => event.target.closest('.column-form')?.querySelector('.guess')?.remove());
