// @ts-check
/**
 * Finds the body in pictures, away from the page so that it never stutters. A module worker:
 * pictures come in from the page, landmarks go back, and nothing else goes anywhere.
 */

import { PoseLandmarker } from "./vendor/vision.js";

/** Values of one landmark: x, y (frame heights), visibility, x, y, z (metres). */
const VALUES = 6;

/** @type {any} */
let landmarker = null;

/** @param {{model: string, delegate: string}} wish */
async function open({ model, delegate }) {
  const began = performance.now();
  landmarker?.close(); // another model takes its place
  landmarker = await PoseLandmarker.createFromOptions(
    {
      wasmLoaderPath: new URL("./vendor/vision_wasm.js", import.meta.url).href,
      wasmBinaryPath: new URL("./vendor/vision.wasm", import.meta.url).href,
    },
    {
      baseOptions: {
        modelAssetPath: new URL(`./vendor/pose_${model}.task`, import.meta.url).href,
        delegate,
      },
      canvas: new OffscreenCanvas(1, 1),
      runningMode: "VIDEO",
      numPoses: 1,
    },
  );
  postMessage({ kind: "ready", model, ms: performance.now() - began });
}

/** @param {{picture: ImageBitmap, t_ms: number, id: number}} wish */
function look({ picture, t_ms, id }) {
  const began = performance.now();
  const aspect = picture.width / picture.height;
  const found = landmarker.detectForVideo(picture, t_ms);
  picture.close();
  const points = found.landmarks[0];
  const world = found.worldLandmarks[0];
  const values = points ? new Float32Array(points.length * VALUES) : null;
  points?.forEach((/** @type {any} */ point, /** @type {number} */ i) => {
    const at = world[i];
    values?.set([point.x * aspect, point.y, point.visibility ?? 0, at.x, at.y, at.z], i * VALUES);
  });
  const news = { kind: "pose", id, values, pose_ms: performance.now() - began };
  postMessage(news, { transfer: values ? [values.buffer] : [] });
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.kind === "open") await open(data);
    else look(data);
  } catch (error) {
    postMessage({ kind: "failed", id: data.id, message: String(error) });
  }
});
