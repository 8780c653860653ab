// Keeps the countdown chips going between two answers of the server. Says the same as Moments.Countdown in C#.
const minute = 60_000, hour = 60 * minute, day = 24 * hour;

function span(length) {
  if (length < hour) return `${Math.floor(length / minute)}\u00a0min`;
  if (length < 2 * day) return `${Math.floor(length / hour)}\u00a0h`;
  return `${Math.floor(length / day)}\u00a0days`;
}

function tick() {
  const now = Date.now();
  for (const chip of document.querySelectorAll('[data-due]')) {
    const left = Date.parse(chip.dataset.due) - now;
    const text = left >= 0 ? `due in ${span(left)}` : `overdue ${span(-left)}`;
    if (chip.textContent === text) continue;
    chip.textContent = text;
    chip.classList.toggle('overdue', left < 0);
    chip.classList.toggle('soon', left >= 0 && left < 4 * hour);
    chip.classList.toggle('due', left >= 4 * hour);
  }
}

setInterval(tick, 5000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
