// A filter that is chosen is applied; empty fields stay out of the address.
function submit(form) {
  for (const field of form.elements) if (field.name && field.value === '') field.disabled = true;
  form.submit();
}

for (const field of document.querySelectorAll('[data-autosubmit]'))
  field.addEventListener('change', () => submit(field.form));

// The whole row opens what its first cell links to, unless something else in it was meant or text was being selected.
document.addEventListener('click', (event) => {
  const row = event.target.closest('table.cards tbody tr');
  if (row && !event.target.closest('a, button, summary') && getSelection().isCollapsed) row.querySelector('a.cover')?.click();
});

// Going back shows the page as it was left: fields that were taken out come back.
window.addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll('form [name]:disabled')) field.disabled = false;
});
