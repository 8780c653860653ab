// Columns a reader does not want to see, by table, kept in this browser. The first column names the row and stays.
const key = (table) => `columns-hidden:${table.dataset.table}`;

function hiddenOf(table) {
  try { return new Set(JSON.parse(localStorage.getItem(key(table)) ?? '[]')); } catch { return new Set(); }
}

const nameOf = (head) => head.textContent.replace(/[↑↓]/g, '').trim();

function apply(table, hidden) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const out = column > 0 && hidden.has(nameOf(head));
    for (const row of table.rows) if (row.cells[column]) row.cells[column].classList.toggle('chosen-out', out);
  });
}

function choice(table, head, hidden) {
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.className = 'form-check-input';
  box.checked = !hidden.has(nameOf(head));
  box.addEventListener('change', () => {
    if (box.checked) hidden.delete(nameOf(head));
    else hidden.add(nameOf(head));
    localStorage.setItem(key(table), JSON.stringify([...hidden]));
    apply(table, hidden);
  });
  const label = document.createElement('label');
  label.className = 'menu-item';
  label.append(box, nameOf(head));
  return label;
}

for (const menu of document.querySelectorAll('[data-columns-of]')) {
  const table = document.querySelector(`table[data-table="${menu.dataset.columnsOf}"]`);
  if (!table) continue;
  const hidden = hiddenOf(table);
  menu.querySelector('fieldset').append(...[...table.tHead.rows[0].cells].slice(1).map((head) => choice(table, head, hidden)));
  apply(table, hidden);
  menu.hidden = false;
}
