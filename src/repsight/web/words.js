// @ts-check
/** Everything the app says, by key; another language is another object of this shape. */

const english = {
  title: "Repsight",
  skip: "Skip to content",
  upload: "Add clips",
  dropHere: "Drop clips here",
  orChoose: "or choose files. They stay on this machine.",
  choose: "Choose clips",
  exercise: "Exercise",
  auto: "Find out",
  unknown: "Something else, only count",
  clips: "Your clips",
  empty: "No clips yet. Film a set from the side or the front, whole body in view, and add it.",
  open: "Open report",
  openPartial: "Open what is ready",
  cancel: "Cancel",
  remove: "Delete",
  removeAsk: "Delete “{name}” and its report? This cannot be undone.",
  resume: "Continue upload",
  pause: "Pause upload",
  again: "Analyse again",
  analyseAs: "Analyse as",
  back: "All clips",
  downloads: "Downloads",
  page: "Report as one page",
  video: "Annotated video",
  json: "Data (JSON)",
  landmarks: "Landmarks",
  notThere: "This clip is not here any more.",
  offline: "Repsight is not running. This page goes on when it is back.",
  failed: "Something went wrong: {message}",
  uploadStopped: "The upload stopped: {message} It can be continued.",
  waitingForFile: "Choose the same file again to continue this upload.",
  states: {
    uploading: "Uploading",
    queued: "Waiting",
    running: "Analysing",
    done: "Done",
    failed: "Could not be analysed",
    cancelled: "Cancelled",
  },
  stages: {
    look: "finding the lifter",
    landmarks: "following the body",
    draw: "drawing the video",
  },
};

/** The words in use. */
export const words = english;

/**
 * A sentence with its blanks filled.
 * @param {string} sentence
 * @param {Record<string, string>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/**
 * What an analysis is doing, in words; the name itself for a stage without words.
 * @param {string} stage
 */
export function stageWords(stage) {
  return /** @type {Record<string, string>} */ (words.stages)[stage] ?? stage;
}
