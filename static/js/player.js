// The player: counts a set, switches sides, rests, and hands each set to the queue. On the page of an exercise's sets,
// whose form is what is sent where no script runs.

import { newKey, queue } from "./queue.js";
import { beep, soundSwitch } from "./sound.js";

const GET_READY = 5; // seconds
const SWITCH_SIDES = 8;
const MOVE = 2; // seconds to lift, and to lower
const SAME_TAP = 1_000; // milliseconds
const ALL_DONE = "Last set done";
const STOPPED = "Stopped because it hurt";
const JUMP = 2_000; // a tick that comes this late: the phone slept

const player = document.querySelector("[data-player]");
const find = (name) => player.querySelector(`[data-${name}]`);
const form = player.querySelector("[name=repetitions]").form;
const stop = player.querySelector("form[data-stop]");
const { name, sets } = player.dataset;
const phases = player.dataset.phases.split("|");
const [holds, rest, target] = [player.dataset.hold, player.dataset.rest, player.dataset.target].map(Number);
const one = holds + 2 * MOVE;
const [clock, status, phase, number, dots, list] = ["clock", "status", "phase", "count", "reps", "done"].map(find);
const buttons = { start: find("start"), pause: find("pause"), more: find("more"), skip: find("skip") };
const places = player.dataset.places.split(" ").map(placeOf); // the sets still to do; the first is the one on the page

let mode = "idle"; // idle, ready, count, rest; held: interrupted, waits for a tap
let said = ""; // the phase as it was last said
let began = 0; // performance.now() of the start of the mode, moved on by every pause
let length = 0; // seconds of ready or rest
let counted = 0; // repetitions that were counted before an interruption
let done = 0; // repetitions counted of this set
let pausedAt = null;
let ticked = 0;
let tick = null;

function placeOf(text) {
  const [side, set] = text.split(":");
  const words = side === "both" ? "set" : `${side}, set`;
  return { side, number: Number(set), words: `${words} ${set}`, about: `${location.pathname}${side}/${set}/` };
}
const inWords = (place) => `${name}, ${place.words.replace(",", "")}`;
const capitalised = (words) => words[0].toUpperCase() + words.slice(1);

// --- taps: a second one within a second is the same, also where the first has moved the buttons ----------------------

let tapped = { on: null, at: performance.now() }; // the tap that led to this page
function isSameTap(on) {
  const at = performance.now();
  if (at - tapped.at < SAME_TAP && (on === tapped.on || on === form)) return true;
  tapped = { on, at };
  return false;
}
for (const button of clock.querySelectorAll("button")) {
  button.addEventListener("click", (event) => isSameTap(button) && event.stopImmediatePropagation());
}

// --- cues: each also stands on the screen --------------------------------------------------------------------------------

const hasSound = soundSwitch(find("sound"), "cue-sound", () => beep(880));
const hasVoice = soundSwitch(find("voice"), "cue-voice", () => speak("Spoken cues"));
find("voice").hidden = !("speechSynthesis" in window);
function speak(words) {
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = document.documentElement.lang;
  speechSynthesis.speak(spoken);
}
function enter(words, pitch = 660) {
  if (words === said) return;
  said = words;
  phase.textContent = words;
  status.textContent = words; // phases are announced, numbers are not
  if (document.hidden) return;
  if (hasSound()) beep(pitch);
  if (hasVoice() && "speechSynthesis" in window) speak(words);
}

// --- the clock -------------------------------------------------------------------------------------------------------

function show() {
  const pressed = Object.values(buttons).find((button) => button === document.activeElement);
  const waits = pausedAt !== null || mode === "held";
  buttons.start.hidden = mode !== "idle";
  buttons.pause.hidden = mode === "idle";
  buttons.pause.textContent = waits ? "Go on" : "Pause";
  buttons.more.hidden = buttons.skip.hidden = mode !== "rest";
  dots.hidden = mode !== "count";
  player.classList.toggle("running", mode !== "idle" && !waits); // only what a moving person needs
  if (pressed?.hidden) buttons.pause.focus(); // so that nobody loses their place
}
function into(next, seconds = 0) {
  clearInterval(tick);
  [mode, length, pausedAt] = [next, seconds, null];
  began = ticked = performance.now();
  tick = next === "idle" || next === "held" ? null : setInterval(step, 100);
  show();
}
function step() {
  const now = performance.now();
  const isLate = now - ticked > JUMP;
  ticked = now;
  if (pausedAt !== null) return;
  if (isLate) return void interrupt();
  if (mode === "count") return void count((now - began) / 1000);
  const left = Math.ceil(length - (now - began) / 1000);
  number.textContent = Math.max(0, left);
  if (left > 0) return;
  if (mode === "rest") getReady();
  else startCount();
}
function getReady(words = "Get ready", seconds = GET_READY) {
  stop.side.value = form.side.value;
  enter(words);
  into("ready", seconds);
  step();
}
function startCount() {
  stop.side.value = form.side.value;
  dots.replaceChildren(...Array.from({ length: target }, () => document.createElement("li")));
  into("count");
  step();
}
function count(gone) {
  done = Math.min(target, counted + Math.floor(gone / one));
  if (done === target) return void finish();
  const within = gone % one;
  const now = within < MOVE ? 0 : within < MOVE + holds ? 1 : 2;
  enter(phases[now], now === 1 ? 660 : 880);
  number.textContent = now === 1 ? Math.ceil(MOVE + holds - within) : done + 1;
  [...dots.children].forEach((dot, at) => { dot.className = at < done ? "on" : at === done ? "now" : ""; });
  form.repetitions.value = done;
}
function finish() {
  form.repetitions.value = target;
  tapped = { on: form, at: performance.now() }; // a tap just after the end means this set
  log();
}
function pause() {
  if (mode === "idle" || mode === "held" || pausedAt !== null) return;
  pausedAt = performance.now();
  show();
  status.textContent = "Paused";
}
// Nobody knows what was done while the page could not be seen: it waits, and goes on from what was counted before.
function interrupt() {
  if (mode === "idle" || mode === "held") return;
  if (mode === "count") counted = done;
  into("held");
  enter("Get ready");
  number.textContent = GET_READY;
}

buttons.start.addEventListener("click", () => getReady());
buttons.skip.addEventListener("click", () => getReady());
buttons.more.addEventListener("click", () => { length += 15; step(); });
buttons.pause.addEventListener("click", () => {
  if (mode === "held") return void getReady();
  if (pausedAt === null) return void pause();
  began += performance.now() - pausedAt;
  pausedAt = null;
  show();
  status.textContent = said;
});
document.addEventListener("visibilitychange", () => document.hidden && interrupt());
document.addEventListener("freeze", interrupt);
addEventListener("pagehide", interrupt);

// --- sets ------------------------------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isSameTap(form)) log();
});

// A set goes into the queue before it is sent, and the next one is shown at once, whatever the connection does.
function log() {
  const input = form.repetitions;
  const typed = input.value.normalize("NFKC").trim();
  const isRight = /^[0-9]{1,4}$/.test(typed) && Number(typed) <= Number(input.max);
  sayWrong(input, isRight ? "" : input.dataset.wrong);
  if (!isRight) return;
  input.value = Number(typed);
  const fields = Object.fromEntries(new FormData(form));
  for (const own of ["csrfmiddlewaretoken", "shown_at"]) delete fields[own];
  const [place, next] = places;
  const entry = { key: fields.client_key, url: location.pathname, about: place.about, fields };
  if (!queue.add({ ...entry, said: inWords(place) })) {
    form.submit(); // nothing can be kept here: the plain form
    return;
  }
  places.shift();
  list.append(logged(place, fields));
  list.hidden = false;
  if (!next) return void leave(ALL_DONE);
  turnTo(next);
  if (mode === "idle") status.textContent = find("where").textContent;
  else if (next.number === place.number && next.side !== place.side) getReady("Switch sides", SWITCH_SIDES);
  else {
    enter("Rest");
    into("rest", rest);
    step();
  }
  if (mode !== "idle") stop.side.value = place.side; // what hurts before the next begins is what was done last
}
function sayWrong(input, words) {
  document.getElementById("wrong")?.remove();
  input.setAttribute("aria-invalid", String(Boolean(words)));
  if (!words) return;
  pause(); // its field is out of sight while it counts
  const error = Object.assign(document.createElement("p"), { id: "wrong", className: "error", textContent: words });
  error.setAttribute("role", "alert");
  input.closest(".field").before(error);
  input.setAttribute("aria-describedby", "wrong");
  input.focus();
}

// "This hurts" is kept like a set, so that it is not lost where there is no connection.
stop.addEventListener("submit", (event) => {
  const { pathname: url } = new URL(stop.action);
  const fields = { side: stop.side.value };
  if (!queue.add({ key: newKey(), url, about: url, fields, said: `${name}: it hurt` })) return; // the plain form
  event.preventDefault();
  leave(STOPPED);
});

function logged(place, { repetitions, client_key: key }) {
  const line = find("logged").content.firstElementChild.cloneNode(true);
  const taken = line.querySelector("form");
  line.dataset.place = `${place.side}:${place.number}`;
  line.querySelector("[data-words]").textContent = `${capitalised(place.words)}: ${repetitions} done`;
  line.querySelector("[data-which]").textContent = place.words;
  taken.action = `${place.about}remove/`;
  taken.client_key.value = key;
  return line;
}
list.addEventListener("submit", (event) => {
  const taken = event.target;
  taken.client_key.value = queue.keyOf(taken.client_key.value);
  const line = taken.closest("li");
  const place = placeOf(line.dataset.place);
  for (const entry of queue.all()) if (entry.about === place.about) queue.drop(entry.key);
  const entry = { key: newKey(), url: `${place.about}remove/`, about: place.about };
  const fields = { client_key: taken.client_key.value };
  if (!queue.add({ ...entry, fields, said: `${inWords(place)} taken away` })) return; // the plain form
  event.preventDefault();
  line.remove();
  list.hidden = !list.children.length;
  places.unshift(place);
  into("idle");
  clock.hidden = form.hidden = false;
  find("go").hidden = true;
  [said, phase.textContent, number.textContent] = ["", "", ""];
  turnTo(place);
  status.textContent = `Taken away: ${place.words}`;
});

function turnTo(next) {
  counted = done = 0;
  form.side.value = next.side;
  form.set_number.value = next.number;
  form.revision.value = 0;
  form.client_key.value = newKey();
  form.repetitions.value = target;
  stop.side.value = next.side;
  for (const flag of player.querySelectorAll("[data-side]")) {
    const on = flag.dataset.side === next.side;
    flag.className = on ? "on" : "";
    flag.textContent = on ? flag.dataset.words : `then ${flag.dataset.side}`;
  }
  const pictures = find("pictured");
  pictures.classList.toggle("flip", next.side !== "both" && next.side !== pictures.dataset.pictured);
  find("where").textContent = `${capitalised(next.words)} of ${sets}`;
}
async function leave(words) {
  into("idle");
  clock.hidden = form.hidden = true;
  find("where").textContent = words;
  find("care").hidden = words !== STOPPED; // the page that says it may be out of reach
  const go = find("go");
  go.hidden = false; // without a connection the notice above says so, and this leads on
  await queue.send();
  if (form.hidden && !queue.all().length) location.assign(go.href);
}

// What was not sent yet when the server made this page is done all the same, and so is what it took just now.
function takeOver() {
  const shown = places[0].about;
  const told = [...queue.acknowledged, ...queue.all().filter(({ state }) => state === "waiting")];
  for (const { url, about, fields } of told) {
    const at = places.findIndex((place) => place.about === about);
    const line = [...list.children].find(({ dataset }) => placeOf(dataset.place).about === about);
    if (url === location.pathname && at >= 0) list.append(logged(places.splice(at, 1)[0], fields));
    if (url === `${about}remove/` && line) {
      places.unshift(placeOf(line.dataset.place));
      line.remove();
    }
  }
  list.hidden = !list.children.length;
  if (places.length && places[0].about !== shown) turnTo(places[0]);
  if (told.some(({ url }) => url === new URL(stop.action).pathname)) leave(STOPPED);
  else if (!places.length) leave(ALL_DONE);
}

clock.hidden = false;
show();
takeOver();
