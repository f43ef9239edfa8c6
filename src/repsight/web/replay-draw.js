// @ts-check
/** Skeleton, level to reach, way of the bar and what is marked, drawn for one moment of a clip. */

import { lastUntil, momentAt, postureAt } from "./replay-data.js";

/**
 * @typedef {import("./replay-data.js").Overlay} Overlay
 * @typedef {import("./replay-data.js").Posture} Posture
 * @typedef {{x: number, y: number, bone: number}} Scale pixels to a height of the picture, across
 *   and down, and half the width of a bone
 */

/** Less visible landmarks are left out, up to the second they are drawn quietly. */
const UNSEEN = 0.3;
const UNSURE = 0.6;
/** The colours of the annotated video. */
const COLOURS = { near: "#40d6ff", far: "#b0bed6", joint: "#fff", issue: "#ff4c3e", level: "#ffe046", way: "#96ff6e" };
const OUTLINE = "rgb(10 14 20 / .72)";
const DASHES = 9;
const WAY_STAYS_S = 1;
/** Places of shoulder to wrist and hip to ankle among the landmarks, left before right. */
const JOINTS = [3, 4, 5, 6, 7, 8, 15, 16, 17, 18, 19, 20];
const [FIRST_OF_BODY, FIRST_OF_FOOT] = [3, 21];
const TRUNK = [3, 4, 15, 16];
const EARS = [1, 2];
/** A head is this much of the trunk wide, half of it. */
const HEAD = 0.22;

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Overlay} overlay
 * @param {number} t_s
 * @param {boolean} isAlone there is no film under it, so the body needs a head and stronger bones
 */
export function drawOverlay(pen, overlay, t_s, isAlone) {
  const { width, height } = pen.canvas;
  pen.clearRect(0, 0, width, height);
  const posture = postureAt(overlay, t_s);
  if (!posture || !posture.xy.some(Number.isFinite)) return;
  const scale = { x: width / overlay.aspect, y: height, bone: Math.max(1.25, (isAlone ? 0.007 : 0.0042) * Math.min(width, height)) };
  pen.lineCap = "round";
  drawWays(pen, overlay, t_s, scale);
  drawLevels(pen, overlay, t_s, posture, scale);
  if (isAlone) drawHead(pen, posture, scale);
  drawBody(pen, overlay, posture, marksAt(overlay, t_s), scale);
}

/**
 * @param {Overlay} overlay
 * @param {number} t_s
 */
function marksAt(overlay, t_s) {
  const messages = (momentAt(overlay, t_s)?.messages ?? []).map((place) => overlay.messages[place]);
  return new Set(messages.flatMap((one) => (one && t_s <= one.marked_until_s ? one.marked : [])));
}

/**
 * Lines in pixels with a dark rim.
 * @param {CanvasRenderingContext2D} pen
 * @param {number[][]} lines each a row of x, y
 * @param {string} colour
 * @param {number} radius
 * @param {number} [opacity]
 */
function stroke(pen, lines, colour, radius, opacity = 1) {
  pen.globalAlpha = opacity;
  for (const [style, width] of /** @type {[string, number][]} */ ([[OUTLINE, 2.8 * radius], [colour, 2 * radius]])) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.beginPath();
    for (const line of lines) {
      for (let i = 0; i < line.length; i += 2) {
        const [x, y] = [line[i] ?? NaN, line[i + 1] ?? NaN];
        if (i === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Overlay} overlay
 * @param {number} t_s
 * @param {Scale} scale
 */
function drawWays(pen, { ways }, t_s, scale) {
  for (const way of ways) {
    const [from_s = Infinity, to_s = -Infinity] = [way.t_s[0], way.t_s[way.t_s.length - 1]];
    if (t_s < from_s || t_s > Math.min(to_s + WAY_STAYS_S, way.next_s)) continue;
    const count = lastUntil(way.t_s, t_s) + 1;
    const points = [...way.points.subarray(0, 2 * count)].map((value, i) => value * (i % 2 ? scale.y : scale.x));
    if (count > 1) stroke(pen, [smooth(points)], COLOURS.way, Math.max(1, 0.6 * scale.bone), 0.9);
  }
}

/**
 * A running mean of five: the eye reads the way, not the jitter of the wrists.
 * @param {number[]} points
 */
function smooth(points) {
  const last = points.length - 2;
  return points.map((_, i) => {
    const around = [-4, -2, 0, 2, 4].map((by) => points[Math.min(Math.max(i + by, i % 2), last + (i % 2))] ?? NaN);
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Overlay} overlay
 * @param {number} t_s
 * @param {Posture} posture
 * @param {Scale} scale
 */
function drawLevels(pen, { lines }, t_s, { index }, scale) {
  for (const line of lines) {
    const [level = NaN, left = NaN, right = NaN] = [line.level[index], line.ends[2 * index], line.ends[2 * index + 1]];
    if (t_s < line.start_s || t_s > line.end_s || !Number.isFinite(level + left + right)) continue;
    const at = (/** @type {number} */ part) => scale.x * (left + ((right - left) * part) / (2 * DASHES - 1));
    const dashes = Array.from({ length: DASHES }, (_, i) => [at(2 * i), level * scale.y, at(2 * i + 1), level * scale.y]);
    stroke(pen, dashes, COLOURS.level, Math.max(1, 0.55 * scale.bone), 0.95);
    label(pen, line.label, [at(0), at(2 * DASHES - 1)], level * scale.y);
  }
}

/**
 * What a level is about, beside its end where there is room, else at the edge of the picture.
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {[number, number]} ends
 * @param {number} y
 */
function label(pen, text, [left, right], y) {
  const { width, height } = pen.canvas;
  const size = Math.max(11 * devicePixelRatio, 0.034 * Math.min(width, height));
  pen.font = `600 ${size}px system-ui, sans-serif`;
  pen.textBaseline = "middle";
  const wide = pen.measureText(text).width + size;
  const isRight = width - right >= left;
  const x = isRight ? Math.min(right + 0.5 * size, width - wide) : Math.max(left - 0.5 * size - wide, 0);
  pen.fillStyle = "rgb(14 19 27 / .78)";
  pen.beginPath();
  pen.roundRect(x, y - 0.8 * size, wide, 1.6 * size, 0.4 * size);
  pen.fill();
  pen.fillStyle = COLOURS.level;
  pen.fillText(text, x + 0.5 * size, y);
}

/**
 * Far side, near side, what is marked, joints: in that order.
 * @param {CanvasRenderingContext2D} pen
 * @param {Overlay} overlay
 * @param {Posture} posture
 * @param {Set<number>} marks
 * @param {Scale} scale
 */
function drawBody(pen, { bones, isSided }, posture, marks, scale) {
  const { visibility, isLeftNear } = posture;
  const place = (/** @type {number} */ i) => [(posture.xy[2 * i] ?? NaN) * scale.x, (posture.xy[2 * i + 1] ?? NaN) * scale.y];
  const radius = radiusOf(place, scale.bone);
  const sorted = /** @type {Record<"near"|"far"|"issue", number[][]>} */ ({ near: [], far: [], issue: [] });
  for (const [a, b] of bones) {
    // left landmarks have odd places among those of the body
    const isFar = isSided && a % 2 === b % 2 && (a % 2 === 1) !== isLeftNear;
    const seen = Math.min(visibility[a] ?? 0, visibility[b] ?? 0);
    const isFoot = Math.max(a, b) >= FIRST_OF_FOOT;
    const line = [...place(a), ...place(b)];
    if (!line.every(Number.isFinite) || seen < (isFar ? (UNSEEN + UNSURE) / 2 : UNSEEN) || (isFar && isFoot)) continue;
    const kind = marks.has(a) && marks.has(b) ? "issue" : isFar || seen < UNSURE ? "far" : "near";
    sorted[kind].push(line);
  }
  stroke(pen, sorted.far, COLOURS.far, 0.72 * radius, 0.85);
  stroke(pen, sorted.near, COLOURS.near, radius);
  stroke(pen, sorted.issue, COLOURS.issue, radius);
  pen.fillStyle = COLOURS.joint;
  for (const joint of JOINTS.filter((one) => (visibility[one] ?? 0) >= UNSURE)) disc(pen, place(joint), 0.62 * radius);
  for (const joint of marks) {
    if (joint < FIRST_OF_BODY || (visibility[joint] ?? 0) >= UNSEEN) ring(pen, place(joint), radius);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Posture} posture
 * @param {Scale} scale
 */
function drawHead(pen, { xy, visibility }, scale) {
  const place = (/** @type {number} */ i) => [(xy[2 * i] ?? NaN) * scale.x, (xy[2 * i + 1] ?? NaN) * scale.y];
  const seen = EARS.filter((ear) => (visibility[ear] ?? 0) >= UNSEEN).map(place).filter((at) => at.every(Number.isFinite));
  const middle = (/** @type {number} */ axis) => seen.reduce((sum, at) => sum + (at[axis] ?? NaN), 0) / seen.length;
  const radius = HEAD * trunkOf(place);
  if (!seen.length || !(radius > 0)) return;
  pen.strokeStyle = COLOURS.near;
  pen.lineWidth = 2 * radiusOf(place, scale.bone);
  pen.beginPath();
  pen.arc(middle(0), middle(1), radius, 0, 2 * Math.PI);
  pen.stroke();
}

/**
 * A small lifter gets thin bones, so that the body stays to be seen.
 * @param {(i: number) => number[]} place
 * @param {number} bone
 */
function radiusOf(place, bone) {
  const trunk = trunkOf(place);
  return trunk > 0 ? Math.max(Math.min(bone, 0.028 * trunk), Math.min(1.25, bone)) : bone;
}

/**
 * From the middle of the shoulders to that of the hips.
 * @param {(i: number) => number[]} place
 */
function trunkOf(place) {
  const [ls, rs, lh, rh] = TRUNK.map(place);
  const middle = (/** @type {number[] | undefined} */ a, /** @type {number[] | undefined} */ b, /** @type {number} */ axis) =>
    ((a?.[axis] ?? NaN) + (b?.[axis] ?? NaN)) / 2;
  return Math.hypot(middle(ls, rs, 0) - middle(lh, rh, 0), middle(ls, rs, 1) - middle(lh, rh, 1));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} at
 * @param {number} radius
 */
function disc(pen, [x = NaN, y = NaN], radius) {
  if (!Number.isFinite(x + y)) return;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} at
 * @param {number} radius
 */
function ring(pen, [x = NaN, y = NaN], radius) {
  if (!Number.isFinite(x + y)) return;
  for (const [style, width] of /** @type {[string, number][]} */ ([[OUTLINE, 2.4], [COLOURS.issue, 1.6]])) {
    pen.strokeStyle = style;
    pen.lineWidth = width * radius;
    pen.beginPath();
    pen.arc(x, y, 3.6 * radius, 0, 2 * Math.PI);
    pen.stroke();
  }
}
