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

// What can be pointed at, from left to right: by its place along a category axis, by its time along another.
function pointsOf(option) {
  const place = (point) => Array.isArray(point.data.value) ? point.data.value[0] : point.index;
  return option.series
    .flatMap((series, at) => series.data.map((data, index) => ({ series: at, index, data })).filter((point) => point.data?.tip))
    .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a.series - b.series));
}

const axisOf = (option) => (Array.isArray(option.xAxis) ? option.xAxis[0] : option.xAxis);

function optionOf(canvas) {
  const option = inColour(JSON.parse(canvas.dataset.option), getComputedStyle(document.documentElement));
  option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
  // Too narrow for every month: those that carry the quarter stay.
  const axis = axisOf(option);
  if (axis.data?.some((label) => label.includes('\n')))
    axis.axisLabel.interval = canvas.clientWidth < 560 ? (i, label) => label.includes('\n') : 0;
  // A legend takes two lines there.
  if (option.legend && canvas.clientWidth < 420) option.grid.top += 22;
  // Labels of one axis have equally many decimals.
  const { decimals, sign } = option.yAxis?.axisLabel ?? {};
  if (decimals !== undefined)
    option.yAxis.axisLabel.formatter = (value) => value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '−') + sign;
  option.tooltip.className = 'chart-tooltip';
  option.tooltip.formatter = (items) => tip([items].flat().find((item) => item.data?.tip)?.data.tip ?? []);
  return option;
}

function draw(canvas) {
  drawn.get(canvas)?.dispose();
  const chart = echarts.init(canvas, null, { renderer: 'svg' });
  chart.setOption(optionOf(canvas));
  chart.on('click', (event) => { if (event.data?.href) location.assign(event.data.href); });
  drawn.set(canvas, chart);
}

function resize(canvas) {
  if (canvas.clientWidth === 0) return;
  drawn.get(canvas).resize();
  const option = optionOf(canvas);
  drawn.get(canvas).setOption({ xAxis: option.xAxis, grid: option.grid });
}

function walk(canvas) {
  const points = pointsOf(JSON.parse(canvas.dataset.option));
  let at = -1;
  canvas.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      at = event.key === 'ArrowRight' ? Math.min(at + 1, points.length - 1) : Math.max((at < 0 ? points.length : at) - 1, 0);
      if (at >= points.length) return;
      drawn.get(canvas).dispatchAction({ type: 'showTip', seriesIndex: points[at].series, dataIndex: points[at].index });
      canvas.setAttribute('aria-label', points[at].data.tip.join(', '));
    } else if (event.key === 'Enter' && points[at]?.data.href) {
      location.assign(points[at].data.href);
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

function begin() {
  for (const figure of document.querySelectorAll('[data-figure]:not(.drawn)')) {
    figure.classList.add('drawn');
    const canvas = figure.querySelector('[data-option]');
    draw(canvas);
    walk(canvas);
    toggle(figure);
    new ResizeObserver(() => { if (drawn.has(canvas)) resize(canvas); }).observe(canvas);
  }
}

// A part of the page that came anew has charts of its own; those of the old part are gone with it.
function renew() {
  for (const [canvas, chart] of drawn) {
    if (canvas.isConnected) continue;
    chart.dispose();
    drawn.delete(canvas);
  }
  begin();
}

begin();
document.addEventListener('htmx:after:swap', renew);

// Paper is narrower than the screen and lays out nothing anew by itself. print.css says the same width.
const paper = 640, tallest = 360;

function toPaper(canvas, chart) {
  if (canvas.clientWidth === 0) return;
  chart.resize({ width: paper, height: Math.min(canvas.clientHeight, tallest), animation: { duration: 0 } });
  chart.getZr().flush();
}

addEventListener('beforeprint', () => { for (const [canvas, chart] of drawn) toPaper(canvas, chart); });
addEventListener('afterprint', () => { for (const canvas of drawn.keys()) resize(canvas); });

document.addEventListener('theme-changed', () => { for (const canvas of drawn.keys()) draw(canvas); });
