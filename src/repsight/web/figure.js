// @ts-check
/**
 * Draws a figure of rounded cones: exactly, with depth and light, on the graphics processor. Each
 * cone is a rectangle whose pixels find the nearest point of a swept sphere in closed form. Where
 * there is no WebGL 2 the cones are strokes, the furthest first.
 */

import { pairAt } from "./numbers.js";
import { along } from "./loop-view.js";

/** @typedef {import("./loop-view.js").View} View */
/** @typedef {{radius_m: [number, number][], colour: [number, number, number][]}} Look */

const CORNERS = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]);
const FLOATS = 11;

const SHARED = `#version 300 es
precision highp float;
uniform vec3 right, up, near;
uniform vec4 frame; // middle x, middle y, half height, aspect
`;

const SOLID_VERTEX = `${SHARED}
in vec2 corner;
in vec3 first, last, colour;
in vec2 radius;
out vec2 at;
flat out vec4 a, b;
flat out vec3 paint;
void main() {
  a = vec4(dot(first, right), dot(first, up), dot(first, near), radius.x);
  b = vec4(dot(last, right), dot(last, up), dot(last, near), radius.y);
  paint = colour;
  float reach = max(radius.x, radius.y) * 1.02;
  vec2 way = b.xy - a.xy;
  float size = length(way);
  vec2 along = size > 1e-5 ? way / size : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  at = 0.5 * (a.xy + b.xy) + corner.x * (0.5 * size + reach) * along + corner.y * reach * across;
  vec2 place = (at - frame.xy) / frame.z;
  gl_Position = vec4(place.x / frame.w, place.y, 0.0, 1.0);
}`;

const SOLID_FRAGMENT = `${SHARED}
in vec2 at;
flat in vec4 a, b;
flat in vec3 paint;
out vec4 shown;
float under(float h, float A, float B, float C) { return (A * h + 2.0 * B) * h + C; }
void main() {
  vec2 d = b.xy - a.xy, e = at - a.xy;
  float dz = b.z - a.z, dr = b.w - a.w;
  float A = dr * dr - dot(d, d), B = a.w * dr + dot(e, d), C = a.w * a.w - dot(e, e);
  float h;
  if (A < -1e-6) {
    float D = B * B - A * C;
    if (D < 0.0) discard;
    h = clamp((-dz * sqrt(D / (dz * dz - A)) - B) / A, 0.0, 1.0);
  } else {
    float q0 = under(0.0, A, B, C), q1 = under(1.0, A, B, C);
    h = q1 >= 0.0 && (q0 < 0.0 || dz + sqrt(q1) > sqrt(q0)) ? 1.0 : 0.0;
  }
  float q = under(h, A, B, C);
  if (q < 0.0) discard;
  float depth = a.z + h * dz + sqrt(q);
  vec3 n = normalize(vec3(e - h * d, sqrt(q)));
  float key = max(dot(n, normalize(vec3(-0.42, 0.72, 0.55))), 0.0);
  float fill = max(dot(n, normalize(vec3(0.75, 0.15, 0.64))), 0.0);
  float light = 0.34 + 0.52 * key + 0.16 * fill + 0.08 * (1.0 + n.y);
  shown = vec4(min(paint * light, 1.0), 1.0);
  gl_FragDepth = clamp(0.5 - depth / 16.0, 0.0, 1.0);
}`;

const SHADOW_VERTEX = `${SHARED}
in vec2 corner;
in vec3 first, last, colour;
in vec2 radius;
out vec2 at;
flat out vec2 a, b;
flat out vec2 size;
void main() {
  vec2 slant = vec2(0.25, 0.35);
  a = first.xy - slant * first.z;
  b = last.xy - slant * last.z;
  float soft = 0.03 + 0.2 * max(min(first.z, last.z), 0.0);
  float thick = radius.x + radius.y < 0.03 ? 0.0 : 0.5 * (radius.x + radius.y);
  size = vec2(thick, soft);
  float reach = thick + soft;
  vec2 way = b - a;
  float l = length(way);
  vec2 along = l > 1e-5 ? way / l : vec2(1.0, 0.0);
  at = 0.5 * (a + b) + corner.x * (0.5 * l + reach) * along + corner.y * reach * vec2(-along.y, along.x);
  vec3 floor3 = vec3(at, 0.0);
  vec2 place = (vec2(dot(floor3, right), dot(floor3, up)) - frame.xy) / frame.z;
  gl_Position = vec4(place.x / frame.w, place.y, 0.0, 1.0);
}`;

const SHADOW_FRAGMENT = `${SHARED}
in vec2 at;
flat in vec2 a, b;
flat in vec2 size;
out vec4 shown;
void main() {
  if (size.x == 0.0) discard;
  vec2 way = b - a;
  float h = clamp(dot(at - a, way) / max(dot(way, way), 1e-6), 0.0, 1.0);
  float gap = distance(at, a + h * way);
  float cover = smoothstep(size.x + size.y, max(size.x - size.y, 0.0), gap);
  shown = vec4(0.0, 0.0, 0.0, 0.34 * cover / (1.0 + 4.0 * size.y));
}`;

/**
 * @param {WebGL2RenderingContext} gl
 * @param {string} vertex
 * @param {string} fragment
 */
function program(gl, vertex, fragment) {
  const made = /** @type {WebGLProgram} */ (gl.createProgram());
  [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]].forEach(([kind, text]) => {
    const shader = /** @type {WebGLShader} */ (gl.createShader(/** @type {number} */ (kind)));
    gl.shaderSource(shader, /** @type {string} */ (text));
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  });
  ["corner", "first", "last", "radius", "colour"].forEach((name, i) => gl.bindAttribLocation(made, i, name));
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? "shader");
  const place = (/** @type {string} */ name) => gl.getUniformLocation(made, name);
  return { made, right: place("right"), up: place("up"), near: place("near"), frame: place("frame") };
}

export class Figure {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Look} look
   */
  constructor(canvas, look) {
    this.canvas = canvas;
    this.look = look;
    this.rows = new Float32Array(look.colour.length * FLOATS);
    look.colour.forEach((colour, i) => {
      this.rows.set(look.radius_m[i] ?? [], i * FLOATS + 6);
      this.rows.set(colour.map((one) => one / 255), i * FLOATS + 8);
    });
    this.gl = canvas.getContext("webgl2", { antialias: false, alpha: true });
    if (this.gl) this.prepare(this.gl);
  }

  /** @param {WebGL2RenderingContext} gl */
  prepare(gl) {
    this.solid = program(gl, SOLID_VERTEX, SOLID_FRAGMENT);
    this.shadow = program(gl, SHADOW_VERTEX, SHADOW_FRAGMENT);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, CORNERS, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    const layout = /** @type {[number, number, number][]} */ ([[1, 3, 0], [2, 3, 3], [3, 2, 6], [4, 3, 8]]);
    layout.forEach(([slot, size, offset]) => {
      gl.enableVertexAttribArray(slot);
      gl.vertexAttribPointer(slot, size, gl.FLOAT, false, 4 * FLOATS, 4 * offset);
      gl.vertexAttribDivisor(slot, 1);
    });
  }

  /**
   * @param {Float32Array} ends (P, 2, 3) of this moment
   * @param {View} view
   */
  draw(ends, view) {
    for (let i = 0; i < this.look.colour.length; i += 1) {
      this.rows.set(ends.subarray(6 * i, 6 * i + 6), i * FLOATS);
    }
    if (this.gl) this.paint(this.gl, view);
    else this.stroke(view);
  }

  /**
   * @param {WebGL2RenderingContext} gl
   * @param {View} view
   */
  paint(gl, view) {
    const { width, height } = this.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.bufferData(gl.ARRAY_BUFFER, this.rows, gl.DYNAMIC_DRAW);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendEquation(gl.MAX);
    this.pass(gl, this.shadow, view);
    gl.disable(gl.BLEND);
    gl.enable(gl.DEPTH_TEST);
    this.pass(gl, this.solid, view);
  }

  /**
   * @param {WebGL2RenderingContext} gl
   * @param {ReturnType<typeof program> | undefined} used
   * @param {View} view
   */
  pass(gl, used, view) {
    if (!used) return;
    gl.useProgram(used.made);
    gl.uniform3fv(used.right, view.right);
    gl.uniform3fv(used.up, view.up);
    gl.uniform3fv(used.near, view.near);
    gl.uniform4f(used.frame, ...view.middle, view.half_m, view.aspect);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.look.colour.length);
  }

  /** @param {View} view */
  stroke(view) {
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const { width, height } = this.canvas;
    const scale = height / 2 / view.half_m;
    const x = (/** @type {number} */ i) => width / 2 + (along(this.rows, i, view.right) - view.middle[0]) * scale;
    const y = (/** @type {number} */ i) => height / 2 - (along(this.rows, i, view.up) - view.middle[1]) * scale;
    const order = this.look.colour.map((_, i) => i * FLOATS);
    const depth = (/** @type {number} */ i) => along(this.rows, i, view.near) + along(this.rows, i + 3, view.near);
    pen.clearRect(0, 0, width, height);
    pen.lineCap = "round";
    for (const i of order.sort((a, b) => depth(a) - depth(b))) {
      pen.strokeStyle = `rgb(${this.look.colour[i / FLOATS]?.join(" ")})`;
      const [first, last] = pairAt(this.rows, i + 6);
      pen.lineWidth = (first + last) * scale;
      pen.beginPath();
      pen.moveTo(x(i), y(i));
      pen.lineTo(x(i + 3) + 0.01, y(i + 3));
      pen.stroke();
    }
  }
}
