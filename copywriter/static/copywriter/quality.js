// [data-plot]: lines over time, drawn by uPlot (a global of its own file). Drawn anew where the size or the colours
// change. The paragraph [data-plot-told] beside it says the values under the pointer, or under the arrow keys.
const drawn = new Map();
const language = document.documentElement.lang || "en";
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const moment = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const DAY = 86_400;

function written(value, unit) {
  if (unit !== "share") return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  const digits = value > 0 && value < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: digits }).format(value);
}

function colourOf(element, name) {
  // A custom property is only a colour once some property uses it: light-dark() is resolved then.
  const probe = element.appendChild(document.createElement("span"));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const joined = (lines) => uPlot.join(lines.map((line) => {
  const points = new Map(line.points); // of one minute the last
  return [[...points.keys()], [...points.values()]];
}));

function span(plot) {
  const [times] = plot.data; // not what uPlot proposes, which of a single point is years
  const [from, to] = [times[0], times.at(-1)];
  const room = from === to ? DAY : (to - from) * 0.03;
  return [from - room, to + room];
}

function options(element, data, told) {
  const ink = colourOf(element, "--ink-3");
  const grid = { stroke: colourOf(element, "--line"), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: `12px ${getComputedStyle(element).fontFamily}` };
  const highest = data.unit === "share" ? 0.02 : 1;
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { range: span },
      y: { range: (_plot, _from, to) => [0, Math.max(to * 1.1, highest)] },
    },
    axes: [
      { ...axis, size: 28, space: 70, values: (plot, at) => at.map((one) => axisTime(plot, one)) },
      { ...axis, size: 52, space: 28, values: (_plot, at) => at.map((one) => written(one, data.unit)) },
    ],
    series: [{}, ...data.lines.map((line) => look(element, line))],
    hooks: { setCursor: [(plot) => tell(plot, data, told)] },
  };
}

function axisTime(plot, seconds) {
  const { min, max } = plot.scales.x;
  return (max - min > 2 * DAY ? day : moment).format(seconds * 1000);
}

function look(element, line) {
  const stroke = colourOf(element, `--plot-${line.look % 8}`);
  const dash = Math.floor(line.look / 8) % 2 ? [6, 4] : [];
  return { label: line.name, stroke, dash, width: 2, spanGaps: true, points: { show: true, size: 6, fill: stroke } };
}

function tell(plot, data, told) {
  const at = plot.cursor.idx;
  if (at == null || !told) return;
  const values = data.lines.map((line, n) => [line.name, plot.data[n + 1][at]]).filter(([, value]) => value != null);
  if (!values.length) return;
  const said = values.map(([name, value]) => `${name} ${written(value, data.unit)}`).join(" · ");
  told.textContent = `${moment.format(plot.data[0][at] * 1000)}: ${said}`;
}

function draw(element) {
  const before = drawn.get(element);
  before?.plot.destroy();
  const data = JSON.parse(element.dataset.plot);
  const told = element.parentElement.querySelector("[data-plot-told]");
  const plot = new uPlot(options(element, data, told), joined(data.lines), element);
  drawn.set(element, { plot, at: before ? before.at : plot.data[0].length });
  if (!before) sizes.observe(element);
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const width = target.clientWidth;
    const one = drawn.get(target);
    if (one && width && width !== one.plot.width) one.plot.setSize({ width, height: target.clientHeight });
  }
});

function drawAll() {
  for (const element of drawn.keys()) if (!element.isConnected) forget(element);
  for (const element of document.querySelectorAll("[data-plot]")) if (!drawn.has(element)) draw(element);
}

function forget(element) {
  drawn.get(element).plot.destroy();
  sizes.unobserve(element);
  drawn.delete(element);
}

function step(element, by) {
  const one = drawn.get(element);
  one.at = Math.min(Math.max(one.at + by, 0), one.plot.data[0].length - 1);
  const left = one.plot.valToPos(one.plot.data[0][one.at], "x");
  one.plot.setCursor({ left, top: 0 });
}

document.addEventListener("keydown", (event) => {
  const element = event.target.closest?.("[data-plot]");
  const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  if (!element || by === undefined || !drawn.has(element)) return;
  event.preventDefault();
  step(element, by);
});
const redraw = () => [...drawn.keys()].forEach(draw);
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
document.addEventListener("htmx:afterSettle", drawAll);
document.addEventListener("htmx:historyRestore", drawAll);
drawAll();
