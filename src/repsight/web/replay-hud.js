// @ts-check
/** The words over a clip: count, phase, and what is said of the moment. */

import { momentAt } from "./replay-data.js";
import { fill, words } from "./words.js";

/** @typedef {import("./replay-data.js").Overlay} Overlay */

/** Room that the count takes in a corner, as shares of the picture. */
const [WIDE, HIGH] = [0.34, 0.24];
/** Another corner must be this much freer. */
const FREER = 0.08;

/**
 * @param {Document} page
 * @param {Element} stage
 * @param {Overlay} overlay
 */
export function addHud(page, stage, overlay) {
  const make = (/** @type {string} */ name) => Object.assign(page.createElement("div"), { className: name });
  const [hud, count, said] = [make("replay-hud"), make("replay-count"), make("replay-said")];
  hud.setAttribute("aria-hidden", "true"); // the line under the clip says it to those who listen
  const isRight = share(overlay, (x, y) => x < WIDE && y < HIGH) > share(overlay, (x, y) => x > 1 - WIDE && y < HIGH) + FREER;
  const isTop = share(overlay, (_, y) => y > 1 - HIGH) > share(overlay, (_, y) => y < HIGH) + FREER;
  count.classList.toggle("right", isRight);
  said.classList.toggle("top", isTop);
  said.classList.toggle("from-left", isTop && !isRight);
  hud.append(count, said);
  stage.append(hud);
  let before = "";
  return {
    remove: () => hud.remove(),
    show: (/** @type {number} */ t_s) => {
      const now = momentAt(overlay, t_s);
      const key = JSON.stringify(now ?? null);
      if (key === before) return;
      before = key;
      count.replaceChildren(...(now?.set_number ? counted(page, now) : []));
      count.hidden = !now?.set_number;
      said.replaceChildren(...(now?.messages ?? []).flatMap((place) => message(page, overlay.messages[place])));
    },
  };
}

/**
 * How much of the time something of the body lies in a part of the picture.
 * @param {Overlay} overlay
 * @param {(x: number, y: number) => boolean} isIn
 */
function share({ points, size, t_s, aspect }, isIn) {
  let seen = 0;
  const step = Math.max(1, Math.floor(t_s.length / 240));
  for (let frame = 0; frame < t_s.length; frame += step) {
    const row = points.subarray(2 * size * frame, 2 * size * (frame + 1));
    seen += Number(row.some((x, i) => i % 2 === 0 && isIn(x / aspect, row[i + 1] ?? NaN)));
  }
  return (seen * step) / t_s.length;
}

/**
 * @param {Document} page
 * @param {import("./replay-data.js").Moment} now
 */
function counted(page, now) {
  const part = (/** @type {string} */ tag, /** @type {string} */ text) => Object.assign(page.createElement(tag), { textContent: text });
  const number = String(now.count);
  const parts = [part("b", now.is_held ? fill(words.replay.seconds, { count: number }) : number), part("span", now.phase)];
  if (now.rejected) parts.push(part("i", fill(words.replay.rejected, { count: String(now.rejected) })));
  if (now.set_count > 1) parts.push(part("small", fill(words.replay.set, { number: String(now.set_number), count: String(now.set_count) })));
  return parts;
}

/**
 * @param {Document} page
 * @param {import("./replay-data.js").Message | undefined} one
 */
function message(page, one) {
  if (!one) return [];
  const line = Object.assign(page.createElement("p"), { className: one.kind, textContent: one.title });
  line.append(...[one.detail, one.cue].filter(Boolean).map((text) => Object.assign(page.createElement("span"), { textContent: text })));
  return [line];
}
