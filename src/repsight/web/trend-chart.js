// @ts-check
/** One number over time: a drawing for eyes, a sentence and a table for everybody. */

import { html } from "./vendor/preact.js";
import { amountWords, dayOf, measureName, withError } from "./amounts.js";
import { numberAt } from "./numbers.js";
import { fill, wordFor, words } from "./words.js";

/**
 * @typedef {import("./history-server.js").Trend} Trend
 * @typedef {import("./history-server.js").Point} Point
 */

const WIDTH = 360;
const HEIGHT = 170;
const MARGIN = { left: 52, right: 14, top: 14, bottom: 28 };

/** @param {{trend: Trend}} props */
export function TrendChart({ trend }) {
  const name = measureName(trend.id, trend.name);
  const title = trend.kind === "issue" ? fill(words.history.issueTitle, { title: name }) : name;
  const change = changeWords(trend);
  const { first, last } = daysOf(trend.points);
  const label = fill(words.history.chart, { title, count: String(trend.points.length), first, last, change });
  return html`
    <figure class="trend">
      <figcaption><h3>${title}</h3><p class=${trend.change.direction === "unknown" ? "soft" : ""}>${change}</p></figcaption>
      <${Drawing} trend=${trend} label=${label} />
      <details><summary>${words.history.table}<span class="unseen">: ${title}</span></summary><${Table} trend=${trend} title=${title} /></details>
    </figure>
  `;
}

/**
 * The day of the first and of the last point.
 * @param {Point[]} points
 */
function daysOf(points) {
  const [first, last] = [points[0], points.at(-1)].map((point) => (point ? dayOf(point.when) : ""));
  return { first: first ?? "", last: last ?? "" };
}

/** @param {Trend} trend */
function changeWords({ change, unit, points }) {
  const date = daysOf(points.filter((point) => point.is_compared)).first;
  if (change.direction === "unknown" || change.amount === null) return words.history.tooFew;
  if (change.direction === "no_change") return fill(words.history.noChange, { date });
  const amount = amountWords(Math.abs(change.amount), unit, change.error);
  const error = amountWords(change.error ?? 0, unit, change.error);
  return fill(words.history[change.direction], { amount, date, error });
}

/** @param {{trend: Trend, label: string}} props */
function Drawing({ trend, label }) {
  const { points, unit } = trend;
  const days = new Set(points.map((point) => dayOf(point.when)));
  // sets of one day stand in their order: minutes between them say nothing
  const times = points.map((point, i) => (days.size > 1 ? Date.parse(point.when) : i));
  const x = scale(Math.min(...times), Math.max(...times), MARGIN.left + 8, WIDTH - MARGIN.right - 8);
  const ends = points.flatMap(({ value, error }) => [value - (error ?? 0), value + (error ?? 0)]);
  const [low, high] = unit === "share" ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
  const y = scale(low, high, HEIGHT - MARGIN.bottom, MARGIN.top);
  return html`
    <svg class="chart" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}>
      ${ticks(low, high).map((value) => html`<g key=${value}>
        <line class="grid" x1=${MARGIN.left} x2=${WIDTH - MARGIN.right} y1=${y(value)} y2=${y(value)} />
        <text x=${MARGIN.left - 8} y=${y(value) + 4} text-anchor="end">${tickWords(value, unit)}</text></g>`)}
      <text x=${MARGIN.left} y=${HEIGHT - 8}>${daysOf(points).first}</text>
      ${days.size > 1 && html`<text x=${WIDTH - MARGIN.right} y=${HEIGHT - 8} text-anchor="end">${daysOf(points).last}</text>`}
      ${points.map((point, i) => html`<${Mark} key=${`${point.clip}${point.number}`} point=${point} x=${x(numberAt(times, i))} y=${y} />`)}
    </svg>
  `;
}

/** @param {{point: Point, x: number, y: (value: number) => number}} props */
function Mark({ point, x, y }) {
  const error = point.error ?? 0;
  const kind = point.is_compared ? "mark" : "mark hollow";
  return html`
    <line class="error" x1=${x} x2=${x} y1=${y(point.value - error)} y2=${y(point.value + error)} />
    <circle class=${kind} cx=${x} cy=${y(point.value)} r="5"><title>${dayOf(point.when)}</title></circle>
  `;
}

/** @param {{trend: Trend, title: string}} props */
function Table({ trend, title }) {
  const { columns } = words.history;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${title}>
      <table>
        <thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.value}</th><th scope="col">${columns.view}</th></tr></thead>
        <tbody>${[...trend.points].reverse().map((point) => html`
          <tr key=${`${point.clip}${point.number}`}>
            <th scope="row"><a href=${`#/clips/${point.clip}`}>${dayOf(point.when)}</a></th>
            <td>${withError({ ...point, unit: trend.unit })}</td>
            <td>${viewWords(point)}</td>
          </tr>`)}</tbody>
      </table>
    </div>
  `;
}

/** @param {Point} point */
function viewWords({ view, is_compared }) {
  const said = wordFor(words.history.views, view) ?? view;
  return is_compared ? said : fill(words.history.otherView, { view: said });
}

/**
 * From values to places; a single value lies in the middle.
 * @param {number} low
 * @param {number} high
 * @param {number} first
 * @param {number} last
 */
function scale(low, high, first, last) {
  const width = high - low;
  return (/** @type {number} */ value) =>
    width > 0 ? first + ((value - low) / width) * (last - first) : (first + last) / 2;
}

/**
 * Two to five round numbers between the ends.
 * @param {number} low
 * @param {number} high
 */
function ticks(low, high) {
  const width = high - low;
  if (!(width > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(width / 3));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => width / one <= 4) ?? 10 * power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high + 1e-9 * width; i += 1) found.push(i * step);
  return found;
}

/**
 * @param {number} value
 * @param {string} unit
 */
function tickWords(value, unit) {
  const number = Number((unit === "share" ? 100 * value : value).toPrecision(3));
  if (unit === "share" || unit === "%") return `${number} %`;
  return unit === "deg" ? `${number}°` : unit === "s" ? `${number} s` : String(number);
}
