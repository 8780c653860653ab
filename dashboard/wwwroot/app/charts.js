// Draws the options that the server wrote, in the colours of the style sheet; the same data is in the table beside.
const drawn = new Map();

function inColour(value, style) {
  if (typeof value === 'string' && value.startsWith('var(')) return style.getPropertyValue(value.slice(4, -1)).trim();
  if (Array.isArray(value)) return value.map((item) => inColour(item, style));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inColour(item, style)]));
  return value;
}

// Nodes and not text: what a source calls itself must never become markup.
function tip(lines) {
  const box = document.createElement('div');
  box.className = 'tip';
  lines.forEach((line, i) => {
    const row = document.createElement(i === 1 ? 'b' : 'div');
    row.textContent = line;
    box.append(row);
  });
  return box;
}

// The series whose points are told, walked through and opened.
function isMain(series) {
  return (series.id ?? series.name) === 'rate';
}

function pointsOf(option) {
  return option.series.find(isMain).data;
}

function optionOf(canvas) {
  const option = inColour(JSON.parse(canvas.dataset.option), getComputedStyle(document.documentElement));
  option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
  const points = pointsOf(option);
  // Too narrow for every month: those that carry the quarter stay.
  if (option.xAxis.type === 'category') option.xAxis.axisLabel.interval = canvas.clientWidth < 560 ? (i, label) => label.includes('\n') : 0;
  option.tooltip.className = 'chart-tooltip';
  option.tooltip.formatter = (items) => tip(points[items[0].dataIndex].tip);
  return option;
}

function draw(canvas) {
  drawn.get(canvas)?.dispose();
  const chart = echarts.init(canvas, null, { renderer: 'svg' });
  const option = optionOf(canvas);
  chart.setOption(option);
  chart.on('click', (event) => { if (event.data?.href) location.assign(event.data.href); });
  drawn.set(canvas, chart);
}

function resize(canvas) {
  if (canvas.clientWidth === 0) return;
  drawn.get(canvas).resize();
  drawn.get(canvas).setOption({ xAxis: { axisLabel: optionOf(canvas).xAxis.axisLabel } });
}

function walk(canvas) {
  const option = JSON.parse(canvas.dataset.option);
  const points = pointsOf(option);
  const series = option.series.findIndex(isMain);
  let at = -1;
  canvas.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      at = event.key === 'ArrowRight' ? Math.min(at + 1, points.length - 1) : Math.max((at < 0 ? points.length : at) - 1, 0);
      drawn.get(canvas).dispatchAction({ type: 'showTip', seriesIndex: series, dataIndex: at });
      canvas.setAttribute('aria-label', points[at].tip.join(', '));
    } else if (event.key === 'Enter' && points[at]?.href) {
      location.assign(points[at].href);
    }
  });
  canvas.addEventListener('blur', () => drawn.get(canvas).dispatchAction({ type: 'hideTip' }));
}

function toggle(figure) {
  const button = figure.querySelector('[data-figure-toggle]');
  button.addEventListener('click', () => {
    const asTable = figure.classList.toggle('as-table');
    button.setAttribute('aria-pressed', String(asTable));
    if (!asTable) resize(figure.querySelector('[data-option]'));
  });
}

for (const figure of document.querySelectorAll('[data-figure]')) {
  figure.classList.add('drawn');
  const canvas = figure.querySelector('[data-option]');
  draw(canvas);
  walk(canvas);
  toggle(figure);
  new ResizeObserver(() => resize(canvas)).observe(canvas);
}

document.addEventListener('theme-changed', () => { for (const canvas of drawn.keys()) draw(canvas); });
