// @ts-check
/** The bytes of a live frame; docs/live-protocol.md describes them. */

export const VERSION = 1;
/** Landmarks that are sent: all 33 without eyes (1-6) and mouth (9, 10). */
export const SENT = [0, 7, 8, ...Array.from({ length: 22 }, (_, i) => i + 11)];
const HEADER_BYTES = 16;
const POINT_BYTES = 11;
const STEPS = 8192;
const VALUES = 6;

/** @param {number} value */
const quantised = (value) =>
  Number.isFinite(value) ? Math.max(-32767, Math.min(32767, Math.round(value * STEPS))) : -32768;

/**
 * @param {number} seq
 * @param {number} t_us microseconds since the set began
 * @param {Float32Array | null} values six for each of 33 landmarks; null if nobody was seen
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeFrame(seq, t_us, values) {
  const count = values ? SENT.length : 0;
  const bytes = new ArrayBuffer(HEADER_BYTES + count * POINT_BYTES);
  const view = new DataView(bytes);
  view.setUint16(0, VERSION, true);
  view.setUint8(2, values ? 1 : 2);
  view.setUint8(3, count);
  view.setUint32(4, seq, true);
  view.setBigUint64(8, BigInt(Math.round(t_us)), true);
  SENT.slice(0, count).forEach((column, i) => {
    const [x, y, visibility, wx, wy, wz] = /** @type {Float32Array} */ (values).subarray(
      column * VALUES,
      (column + 1) * VALUES,
    );
    const at = HEADER_BYTES + i * POINT_BYTES;
    [x, y, wx, wy, wz].forEach((value, k) => view.setInt16(at + 2 * k, quantised(value ?? NaN), true));
    view.setUint8(at + 10, Math.round(255 * Math.max(0, Math.min(1, visibility || 0))));
  });
  return new Uint8Array(bytes);
}

/**
 * When a frame was taken, in seconds of the set.
 * @param {Uint8Array} frame
 */
export function takenAt_s(frame) {
  const { buffer, byteOffset, byteLength } = frame;
  return Number(new DataView(buffer, byteOffset, byteLength).getBigUint64(8, true)) / 1e6;
}
