// @ts-check
/** What is drawn over the figure of a loop: skeletons, marks, arrows and the words of a cue. */

import { columnOf, SEGMENTS } from "./loop-compare.js";
import { along } from "./loop-view.js";
import { pairAt } from "./numbers.js";

/**
 * @typedef {import("./loop-view.js").View} View
 * @typedef {{joints: string[], text: string, colour: string}} Mark
 * @typedef {{right: Float32Array, sides: (0 | 1)[]}} Body joints (33, 2) in metres
 */

/** @type {[number, number][]} */
const LINES = [
  [11, 12], [23, 24], [11, 23], [12, 24], [11, 13], [13, 15], [12, 14], [14, 16],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 29], [29, 31], [28, 30], [30, 32],
];
export const COLOURS = { own: "#2f7bff", ghost: "#ff5a2b", aim: "#19c98a", issue: "#ff5a2b", differs: "#ffb020" };

/** A pen that knows where metres are on a canvas. */
export class Sheet {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {View} view
   * @param {boolean} isMirrored words stay readable on a mirrored page
   */
  constructor(canvas, view, isMirrored) {
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.width = canvas.width;
    this.height = canvas.height;
    this.view = view;
    this.isMirrored = isMirrored;
    this.scale = canvas.height / 2 / view.half_m;
    this.pen.setTransform(1, 0, 0, 1, 0, 0);
    this.pen.clearRect(0, 0, canvas.width, canvas.height);
    this.pen.lineCap = this.pen.lineJoin = "round";
  }

  /**
   * @param {Float32Array} flat
   * @param {number} joint
   * @returns {[number, number]}
   */
  place(flat, joint) {
    const [x, y] = this.view.middle;
    const [right, up] = pairAt(flat, 2 * joint);
    const across = this.width / 2 + (right - x) * this.scale;
    return [this.isMirrored ? this.width - across : across, this.height / 2 - (up - y) * this.scale];
  }

  /**
   * @param {Float32Array} flat
   * @param {[number, number][]} lines
   * @param {{colour: string, thick_m: number, alpha?: number}} how
   */
  lines(flat, lines, { colour, thick_m, alpha = 1 }) {
    const { pen } = this;
    pen.globalAlpha = alpha;
    pen.strokeStyle = colour;
    pen.lineWidth = thick_m * this.scale;
    for (const [a, b] of lines) {
      const [from, to] = [this.place(flat, a), this.place(flat, b)];
      if (!Number.isFinite(from[0] + to[0])) continue;
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /**
   * A body of lines, light around so that it is seen on everything.
   * @param {Float32Array} flat
   * @param {string} colour
   */
  skeleton(flat, colour) {
    this.lines(flat, LINES, { colour: "#ffffff", thick_m: 0.055, alpha: 0.85 });
    this.lines(flat, LINES, { colour, thick_m: 0.034 });
    const head = this.place(flat, 0);
    const ear = [this.place(flat, 7), this.place(flat, 8)].find(([x]) => Number.isFinite(x));
    if (!Number.isFinite(head[0]) || !ear) return;
    const { pen } = this;
    pen.strokeStyle = colour;
    pen.lineWidth = 0.034 * this.scale;
    pen.beginPath();
    pen.arc(ear[0], ear[1], 0.085 * this.scale, 0, 2 * Math.PI);
    pen.stroke();
  }

  /**
   * Plates as glass, so that the body behind them is seen.
   * @param {{centre: Float32Array, axis: Float32Array, radius_m: number}[]} plates of this moment
   */
  plates(plates) {
    const { pen, view } = this;
    const widest = Math.max(...plates.map((one) => one.radius_m));
    const depth = (/** @type {{centre: Float32Array}} */ one) => along(one.centre, 0, view.near);
    const nearest = Math.max(...plates.map(depth));
    for (const plate of plates.filter((one) => one.radius_m === widest)) {
      const { centre, axis, radius_m } = plate;
      // from the side one plate hides the other, and two rings say no more than one
      const isEndOn = Math.abs(along(axis, 0, view.near)) > 0.7;
      if (isEndOn && nearest - depth(plate) > 0.3) continue;
      const at = new Float32Array([along(centre, 0, view.right), along(centre, 0, view.up)]);
      const [x, y] = this.place(at, 0);
      const [across, up] = [along(axis, 0, view.right), along(axis, 0, view.up)];
      const thin = Math.max(0.08, Math.sqrt(Math.max(0, 1 - across ** 2 - up ** 2)));
      const turn = Math.atan2(-up, this.isMirrored ? -across : across);
      pen.beginPath();
      pen.ellipse(x, y, thin * radius_m * this.scale, radius_m * this.scale, turn, 0, 2 * Math.PI);
      pen.fillStyle = "rgb(40 44 52 / .16)";
      pen.strokeStyle = "rgb(40 44 52 / .8)";
      pen.lineWidth = 0.018 * this.scale;
      pen.fill();
      pen.stroke();
    }
  }

  /**
   * @param {[number, number]} from
   * @param {[number, number]} to
   * @param {string} colour
   */
  arrow(from, to, colour) {
    const { pen } = this;
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const size = 0.06 * this.scale;
    const stroke = (/** @type {string} */ style, /** @type {number} */ thick) => {
      pen.strokeStyle = style;
      pen.lineWidth = thick * this.scale;
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      for (const side of [-0.5, 0.5]) {
        pen.moveTo(...to);
        pen.lineTo(to[0] - size * Math.cos(turn + side), to[1] - size * Math.sin(turn + side));
      }
      pen.stroke();
    };
    stroke("#ffffff", 0.038);
    stroke(colour, 0.02);
  }

  /**
   * The joints that a cue is about, and the cue itself beside them.
   * @param {Body} body
   * @param {Mark} mark
   */
  mark({ right: flat, sides }, { joints, text, colour }) {
    const named = new Set(joints);
    const bones = Object.values(SEGMENTS).filter((ends) => ends.every((joint) => named.has(joint)));
    /** @type {(readonly [string, string])[]} */
    const parts = named.has("heel") && named.has("toe") ? [...bones, ["heel", "toe"]] : bones;
    const lines = parts.flatMap(([a, b]) =>
      sides.map((side) => /** @type {[number, number]} */ ([columnOf(a, side), columnOf(b, side)])),
    );
    this.lines(flat, lines, { colour: "#ffffff", thick_m: 0.06, alpha: 0.9 });
    this.lines(flat, lines, { colour, thick_m: 0.036 });
    const places = joints.flatMap((joint) => sides.map((side) => this.place(flat, columnOf(joint, side))));
    places.filter(([x]) => Number.isFinite(x)).forEach((place) => this.ring(place, colour));
    const [first] = places;
    if (text && first) this.words(text, first, colour);
  }

  /**
   * @param {[number, number]} place
   * @param {string} colour
   */
  ring([x, y], colour) {
    const { pen } = this;
    pen.beginPath();
    pen.arc(x, y, 0.05 * this.scale, 0, 2 * Math.PI);
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = 0.03 * this.scale;
    pen.stroke();
    pen.strokeStyle = colour;
    pen.lineWidth = 0.016 * this.scale;
    pen.stroke();
  }

  /**
   * Words at the upper edge with a line to what they are about.
   * @param {string} text
   * @param {[number, number]} place
   * @param {string} colour
   */
  words(text, place, colour) {
    const { pen, width, height } = this;
    const size = Math.round(Math.min(height / 16, width / 21));
    pen.font = `650 ${size}px system-ui, sans-serif`;
    const rows = wrapped(pen, text, 0.84 * width);
    const wide = Math.max(...rows.map((row) => pen.measureText(row).width)) + 1.4 * size;
    const tall = 1.3 * size * rows.length + 0.7 * size;
    const left = Math.max(0.02 * width, Math.min(0.98 * width - wide, place[0] - wide / 2));
    const top = 0.025 * height;
    pen.strokeStyle = colour;
    pen.lineWidth = Math.max(2, size / 8);
    pen.beginPath();
    pen.moveTo(Math.max(left + size, Math.min(left + wide - size, place[0])), top + tall);
    pen.lineTo(place[0], place[1] - 0.06 * this.scale);
    pen.stroke();
    pen.fillStyle = "#101418";
    pen.beginPath();
    pen.roundRect(left, top, wide, tall, 0.5 * size);
    pen.fill();
    pen.fillStyle = "#ffffff";
    pen.textBaseline = "middle";
    rows.forEach((row, i) => pen.fillText(row, left + 0.7 * size, top + 0.35 * size + 1.3 * size * (i + 0.5)));
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {number} most
 */
function wrapped(pen, text, most) {
  const rows = [""];
  for (const word of text.split(" ")) {
    const longer = `${rows.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= most || !rows.at(-1)) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}
