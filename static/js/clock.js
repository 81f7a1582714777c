// What counts on the screen: get ready, count, rest, and wait where nobody sees it. What is counted, and what follows, is
// told by the script of the page. Each cue also stands on the screen.

import { beep, soundSwitch } from "./sound.js";

const SAME_TAP = 1_000; // milliseconds
const JUMP = 2_000; // a tick that comes this late: the phone slept

export const main = document.getElementById("main");
export const find = (name) => main.querySelector(`[data-${name}]`);
export const all = (name) => [...main.querySelectorAll(`[data-${name}]`)];
let shown; // the clock of the page that is shown
let tapped = { on: null, at: performance.now() }; // the tap that led to this page

// A second tap within a second is the same, also where the first has moved the buttons.
export function isSameTap(on) {
  const at = performance.now();
  if (at - tapped.at < SAME_TAP && (on === tapped.on || on.matches("form"))) return true;
  tapped = { on, at };
  return false;
}
export function takeAsTap(on) {
  tapped = { on, at: performance.now() };
}

// pace, which may change: seconds to hold, to move one way, to get ready and to rest; how many; what each phase is called;
// shown(number): a number as it is written.
// begins(): it gets ready, or counts. counts(reps): so many are done. ends(): all are.
export function clockOf(pace, { begins, counts: tellCount, ends }) {
  const player = find("player");
  const bar = player.nextElementSibling;
  const dots = find("reps");
  let mode = "idle"; // idle, ready, count, rest; held: interrupted, waits for a tap; any other of the page's own
  let counts = false; // whether the phone counts
  let said = ""; // the phase as it was last said
  let began = 0; // performance.now() of the start of the mode, moved on by every pause
  let length = 0; // seconds of ready or rest
  let counted = 0; // repetitions that were counted before an interruption
  let reps = 0; // repetitions that are counted
  let pausedAt = null;
  let ticked = 0;
  let tick = null;

  // --- cues ----------------------------------------------------------------------------------------------------------

  const hasSound = soundSwitch(find("sound"), "cue-sound", () => beep(880));
  const hasVoice = soundSwitch(find("voice"), "cue-voice", () => speak("Spoken cues"));
  find("voice").hidden = !("speechSynthesis" in window);
  function speak(words) {
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = document.documentElement.lang;
    speechSynthesis.speak(spoken);
  }
  function tell(words) {
    find("status").textContent = words; // phases are announced, numbers are not
  }
  function enter(words, pitch = 660, aloud = words) {
    if (words === said) return;
    said = words;
    find("phase").textContent = words;
    tell(aloud);
    if (document.hidden) return;
    if (hasSound()) beep(pitch);
    if (hasVoice() && "speechSynthesis" in window) speak(aloud);
  }

  // --- modes ---------------------------------------------------------------------------------------------------------

  function show() {
    const focused = document.activeElement;
    const waits = pausedAt !== null || mode === "held";
    player.dataset.mode = waits ? "held" : mode;
    for (const part of all("in")) part.hidden = !part.dataset.in.split(" ").includes(mode);
    find("pause").textContent = waits ? "Go on" : "Pause";
    if (focused?.closest("[hidden]")) (find("pause").hidden ? main : find("pause")).focus({ preventScroll: true }); // nobody loses their place
  }
  function into(other, seconds = 0) {
    clearInterval(tick);
    [mode, length, pausedAt] = [other, seconds, null];
    began = ticked = performance.now();
    tick = ["ready", "count", "rest"].includes(other) ? setInterval(step, 100) : null;
    show();
    if (!tick) return;
    player.scrollIntoView(); // the whole screen is for what counts; with large text, above all for the number
    scrollBy(0, Math.max(0, find("clock").getBoundingClientRect().bottom - bar.getBoundingClientRect().top));
  }
  function draw(number, level, end) {
    find("count").textContent = pace.shown?.(number) ?? number;
    find("clock").style.setProperty("--level", level);
    player.dataset.end = end;
  }
  function step() {
    const now = performance.now();
    const isLate = now - ticked > JUMP;
    ticked = now;
    if (pausedAt !== null) return;
    if (isLate) return void interrupt();
    const gone = (now - began) / 1000;
    if (mode === "count") return void count(gone);
    const left = Math.ceil(length - gone);
    draw(Math.max(0, left), 1 - gone / length, "start");
    if (left > 0) return;
    if (mode === "ready") startCount();
    else afterRest();
  }
  function getReady(words = "Get ready", seconds = pace.ready, aloud = words) {
    counts = true;
    begins();
    enter(words, 660, aloud);
    into("ready", seconds);
    step();
  }
  function rest() {
    enter("Rest");
    into("rest", pace.rest);
    step();
  }
  function afterRest() {
    if (counts) return void getReady();
    enter("Next set", 880);
    into("idle");
  }
  function startCount() {
    begins();
    dots.replaceChildren(...Array.from({ length: pace.target }, () => document.createElement("li")));
    into("count");
    step();
  }
  function count(gone) {
    const { holds, moves, target, phases } = pace;
    const one = holds + 2 * moves;
    reps = Math.min(target, counted + Math.floor(gone / one));
    if (reps === target) return void ends();
    const within = gone % one;
    const now = within < moves ? 0 : within < moves + holds ? 1 : 2;
    enter(phases[now], now === 1 ? 660 : 880);
    const way = [within / moves, 1, (one - within) / moves][now]; // from start to end: one of five frames
    const level = now === 1 ? (within - moves) / holds : now || !holds ? way : 0;
    player.style.setProperty("--frame", Math.round(4 * way));
    draw(now === 1 ? Math.ceil(moves + holds - within) : reps + 1, level, now === 2 ? "start" : "end");
    [...dots.children].forEach((dot, at) => { dot.className = at < reps ? "on" : at === reps ? "now" : ""; });
    tellCount(reps);
  }
  function pause() {
    if (pausedAt !== null || (mode !== "ready" && mode !== "count")) return;
    pausedAt = performance.now();
    show();
    tell("Paused");
  }
  // Nobody knows what was done while the page could not be seen: it waits, and goes on from what was counted before.
  function interrupt() {
    if (mode === "rest" && !counts) return void afterRest();
    if (!["ready", "count", "rest"].includes(mode)) return;
    if (mode === "count") counted = reps;
    into("held");
    enter("Get ready");
    draw(pace.ready, 1, "start");
  }
  function startAfresh() {
    counted = reps = 0;
  }

  const taps = {
    start: () => getReady(),
    skip: afterRest,
    more: () => { length += 15; step(); },
    pause: () => {
      if (mode === "held") return void getReady();
      if (pausedAt === null) return void pause();
      began += performance.now() - pausedAt;
      pausedAt = null;
      show();
      tell(said);
    },
  };
  for (const [tap, act] of Object.entries(taps)) {
    find(tap)?.addEventListener("click", () => isSameTap(find(tap)) || act());
  }

  for (const part of main.querySelectorAll(".with-script")) part.classList.remove("with-script");
  shown?.end();
  shown = {
    get mode() { return mode; },
    get counts() { return counts; },
    into,
    tell,
    getReady,
    rest,
    pause,
    interrupt,
    startAfresh,
    end: () => clearInterval(tick),
  };
  show();
  return shown;
}

const hides = () => shown?.interrupt();
document.addEventListener("visibilitychange", () => document.hidden && hides());
document.addEventListener("freeze", hides);
addEventListener("pagehide", hides);

// Space: the main button; Enter: the set is done; Escape: pause. Where the focus needs the key, it keeps it.
document.addEventListener("keydown", (event) => {
  const { key, target, repeat } = event;
  if (key === "Escape") return void shown?.pause();
  if (repeat || target.closest("button, input, a, select, textarea, summary")) return;
  const button = key === " " ? main.querySelector(".thumb .button:not(.quiet, [hidden])") : key === "Enter" && find("done");
  if (!button?.offsetParent) return;
  event.preventDefault();
  button.click();
});
