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
  reviewedPage: "Report with your objections",
  video: "Annotated video",
  json: "Data (JSON)",
  landmarks: "Landmarks",
  review: {
    title: "Is something wrong?",
    intro: "Say so, and the report is made again. The first version is kept.",
    set: "Set {number}: {name}",
    rep: "Repetition {number} at {time}",
    refused: "Not counted at {time}: {reason}",
    noRep: "This was none",
    counts: "This counted",
    fault: "{title}, repetition {number}",
    wholeSet: "{title}, whole set",
    noFault: "Not a fault",
    undo: "Take back",
    said: "You said: {what}",
    version: "Version",
    reviewed: "With your objections",
    first: "First version",
    working: "The report is being made again.",
  },
  notThere: "This clip is not here any more.",
  offline: "Repsight is not running. This page goes on when it is back.",
  failed: "Something went wrong: {message}",
  uploadStopped: "The upload stopped: {message} It can be continued.",
  waitingForFile: "Choose the same file again to continue this upload.",
  nav: { clips: "Clips", live: "Live" },
  live: {
    title: "Live coaching",
    intro:
      "The camera's picture never leaves this device: your browser finds the body in it, and only " +
      "points such as knees and hips go to Repsight, which counts and coaches.",
    camera: "Camera",
    front: "Front camera",
    back: "Back camera",
    model: "Body tracking",
    lite: "Quick, for every device",
    full: "Precise, for fast devices",
    views: {
      side: "Film it from the side, whole body in view, the device low and steady.",
      front: "Film it from the front, whole body in view, the device low and steady.",
    },
    start: "Open the camera",
    startNow: "Start now",
    finish: "Finish set",
    discard: "Discard set",
    leave: "Back",
    again: "Next set",
    other: "Another exercise",
    interrupted: "A set was interrupted. Nothing that was counted is lost.",
    goOn: "Go on with it",
    opening: "Getting ready…",
    go: "Go",
    voiceOn: "Voice on",
    voiceOff: "Voice off",
    timing: "Timing",
    panel: "Camera to screen, {rate} pictures a second",
    stages: {
      capture: "Capture",
      pose: "Pose",
      network: "Network",
      engine: "Engine",
      draw: "Draw",
      total: "All together",
    },
    noCamera: "The camera cannot be used. Allow it for this page, and see that no other app has it.",
    noServer: "Repsight is out of reach. Go on: everything is kept and counted when it is back.",
    lost: "Come back into the picture",
    counted: "{count} repetitions",
    heldSeconds: "{count} seconds held",
    paused: "Paused: {reason}",
    pausedAloud: "Paused. Full range, please.",
    rejected: "Not counted: {reason}",
    rejections: {
      partial_range: "go the whole way",
      wrong_posture: "that was another movement",
      too_quick: "too quick",
      too_slow: "too slow",
      not_finished: "finish the way back",
      not_started: "start from the top",
      not_locked_out: "stretch fully at the end",
      not_seen: "not seen well enough",
      other: "not a whole repetition",
    },
    phases: { out: "Out", back: "Back", held: "Hold" },
    rest: "Rest",
    ready: "The report is ready.",
    making: "The report is being made.",
    nothing: "There was nothing to keep.",
    advice: {
      "": "Good. Hold still, it starts by itself.",
      nobody: "Step into the picture",
      light: "More light, please",
      head: "Your head is cut off: step back or tilt the camera up",
      feet: "Your feet are cut off: step back or tilt the camera down",
      left: "Move to the middle",
      right: "Move to the middle",
      closer: "Come closer",
      further: "Step back",
      side: "Turn sideways to the camera",
      front: "Face the camera",
    },
  },
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
 * One word of a table; undefined where the table does not have it.
 * @param {Record<string, string>} table
 * @param {string} key
 * @returns {string | undefined}
 */
export const wordFor = (table, key) => table[key];

/**
 * What an analysis is doing, in words; the name itself for a stage without words.
 * @param {string} stage
 */
export function stageWords(stage) {
  return wordFor(words.stages, stage) ?? stage;
}
