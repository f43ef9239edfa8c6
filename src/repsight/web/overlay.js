// @ts-check
/** What is drawn over the picture of the camera: the skeleton, or the silhouette to step into. */

import { pairAt, numberAt } from "./numbers.js";

const VALUES = 6;
const BONES = /** @type {[number, number][]} */ ([
  [11, 12], [11, 23], [12, 24], [23, 24], [11, 13], [13, 15], [12, 14], [14, 16],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 31], [28, 32],
]);
const SEEN = 0.5;

/**
 * The canvas gets the size of the picture, so that both are scaled alike.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLVideoElement} video
 */
function fitted(canvas, video) {
  const { videoWidth: width, videoHeight: height } = video;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.clearRect(0, 0, width, height);
  return { pen, width, height };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLVideoElement} video
 * @param {Float32Array | null} values
 * @param {string} colour
 */
export function drawSkeleton(canvas, video, values, colour) {
  const { pen, height } = fitted(canvas, video);
  if (!values) return;
  pen.lineCap = "round";
  const stroke = (/** @type {string} */ style, /** @type {number} */ width) => {
    pen.strokeStyle = style;
    pen.lineWidth = width * height;
    for (const [a, b] of BONES) {
      const [i, j] = [a * VALUES, b * VALUES];
      if (Math.min(numberAt(values, i + 2), numberAt(values, j + 2)) < SEEN) continue;
      const [[x, y], [toX, toY]] = [pairAt(values, i), pairAt(values, j)];
      pen.beginPath();
      pen.moveTo(x * height, y * height);
      pen.lineTo(toX * height, toY * height);
      pen.stroke();
    }
  };
  stroke("rgb(0 0 0 / .55)", 0.016);
  stroke(colour, 0.009);
}

/**
 * Where to stand: a figure in the middle, whole body with room around it.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLVideoElement} video
 * @param {boolean} isLying the exercise is done on the floor
 */
export function drawSilhouette(canvas, video, isLying) {
  const { pen, width, height } = fitted(canvas, video);
  const size = isLying ? Math.min(0.82 * width, 1.5 * height) : Math.min(0.8 * height, 2 * width);
  pen.save();
  pen.translate(width / 2, isLying ? 0.72 * height : height / 2);
  if (isLying) pen.rotate(-Math.PI / 2 + 0.12);
  pen.strokeStyle = "rgb(255 255 255 / .8)";
  pen.setLineDash([0.02 * size, 0.02 * size]);
  pen.lineWidth = 0.01 * size;
  pen.lineJoin = "round";
  pen.beginPath();
  pen.arc(0, -0.42 * size, 0.065 * size, 0, 2 * Math.PI);
  pen.stroke();
  pen.beginPath();
  pen.roundRect(-0.13 * size, -0.33 * size, 0.26 * size, 0.36 * size, 0.08 * size);
  pen.stroke();
  pen.beginPath();
  pen.roundRect(-0.11 * size, 0.03 * size, 0.095 * size, 0.47 * size, 0.04 * size);
  pen.roundRect(0.015 * size, 0.03 * size, 0.095 * size, 0.47 * size, 0.04 * size);
  pen.stroke();
  pen.restore();
}
