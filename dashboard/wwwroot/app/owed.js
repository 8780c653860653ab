// My commitments by keys: j and k move, Enter opens, c and m say that it is done, e excuses, u takes the last one back.
// "g" and a letter goes to a screen and must never record anything.
const patience = 1500;
let goingSince = -patience;
let place = 0;

const typing = (target) => target.closest('input, select, textarea, [contenteditable]') !== null;
const rows = () => [...document.querySelectorAll('#mine .todo-row')].filter((row) => row.offsetParent !== null);
const current = () => document.querySelector('#mine .todo-row.current');

function choose(index) {
  const all = rows();
  current()?.classList.remove('current');
  if (all.length === 0) return;
  place = Math.max(0, Math.min(index, all.length - 1));
  const row = all[place];
  row.classList.add('current');
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function step(by) {
  const row = current();
  choose(row ? rows().indexOf(row) + by : place);
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  c: () => current()?.querySelector('[data-outcome="called"]')?.click(),
  m: () => current()?.querySelector('[data-outcome="mailed"]')?.click(),
  u: () => document.querySelector('#mine .undo')?.click(),
  e: () => {
    const menu = current()?.querySelector('.excuse');
    if (!menu) return;
    menu.open = true;
    menu.querySelector('button').focus();
  },
  Enter: () => current()?.querySelector('a.title').click(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !document.getElementById('mine') || document.querySelector('dialog[open]')) return;
  if (event.key === 'g' && !typing(event.target)) goingSince = event.timeStamp;
  else if (event.timeStamp - goingSince < patience) goingSince = -patience;
  else if (event.key in actions && !typing(event.target)) {
    // On a button or a link, Enter is its own.
    if (event.key === 'Enter' && event.target !== current()) return;
    event.preventDefault();
    actions[event.key]();
  }
});

// What was done is gone: the next one moves into its place and is chosen. A list drawn anew keeps the choice.
let chosen = null;
document.addEventListener('htmx:before:swap', () => { chosen = current()?.id ?? null; });
document.addEventListener('htmx:after:swap', () => {
  if (chosen === null) return;
  const row = document.getElementById(chosen);
  choose(row ? rows().indexOf(row) : place);
});
