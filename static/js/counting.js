// Countable checks: seconds on one leg, or heel raises to a beat, one up and one down, a second each.
// <div data-counter="heel_raise" data-most="100" data-name="Left" hidden>, inside the fieldset of its side.

import { beep, soundSwitch } from "./sound.js";

const GET_READY = 5; // seconds from the tap to the start
const SAME_TAP = 1_000; // milliseconds: a second tap within it is the same
const JUMP = 2_000; // a tick that comes this late: the phone slept

const status = document.querySelector("[data-counter-status]");
const say = (words) => { status.textContent = words; };
const soundButton = document.querySelector("[data-beat-sound]");
const hasSound = soundButton ? soundSwitch(soundButton, "beat-sound", () => beep(880)) : () => false;
const click = (pitch) => hasSound() && beep(pitch);
let running = null;
let tapped = -Infinity;

for (const element of document.querySelectorAll("[data-with-script], [data-counter]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-by-hand]")) element.hidden = true;

const counters = [...document.querySelectorAll("[data-counter]")].map((counter) => {
  const { counter: check, name, most } = counter.dataset;
  const toABeat = check === "heel_raise";
  const button = counter.querySelector("button");
  const number = counter.querySelector("[role=timer]");
  const phase = counter.querySelector("[data-phase]");
  const inputs = [...counter.closest("fieldset").querySelectorAll("input[type=number]")];
  const startWords = [...button.childNodes];
  let begun = 0;
  let ticked = 0;
  let tick = null;
  let value = 0;
  let beat = null; // the second that was last shown: null before the start

  const finish = (words) => {
    clearInterval(tick);
    tick = running = null;
    tapped = performance.now(); // a tap just after the end means this end
    button.replaceChildren(...startWords);
    counter.removeAttribute("data-beat");
    phase.textContent = words;
  };
  const leave = () => {
    finish("Ready?");
    say(`${name}: not counted`);
  };
  const stop = () => {
    if (beat === null) return leave();
    const free = inputs.find((input) => input.value === "") ?? inputs[0];
    free.value = value;
    free.dispatchEvent(new Event("change", { bubbles: true }));
    finish("Stopped");
    say(`${name}: ${value}, written down below`);
    return click(440);
  };
  const count = () => {
    const now = performance.now();
    if (now - ticked > JUMP) return leave();
    ticked = now;
    const elapsed = (now - begun) / 1000;
    if (elapsed < 0) {
      number.textContent = Math.ceil(-elapsed);
      return undefined;
    }
    // On a beat one goes up on even seconds and down on odd ones; a raise counts once one is down again.
    const goesUp = Math.floor(elapsed) % 2 === 0;
    value = Math.min(Number(most), Math.floor(toABeat ? elapsed / 2 : elapsed));
    number.textContent = value;
    if (beat === null) say("Go");
    if (beat === null || (toABeat && beat !== goesUp)) {
      phase.textContent = toABeat ? (goesUp ? "Up" : "Down") : "Hold";
      if (toABeat) counter.dataset.beat = goesUp ? "up" : "down";
      click(goesUp ? 880 : 660);
    }
    beat = goesUp;
    return value === Number(most) ? stop() : undefined;
  };
  const start = () => {
    if (inputs.length > 1 && inputs.every((input) => input.value !== "")) {
      phase.textContent = "All tries are written down";
      say("All tries are written down. Empty one to try again.");
      return;
    }
    running?.stop();
    running = self;
    ticked = performance.now();
    begun = ticked + GET_READY * 1000;
    value = 0;
    beat = null;
    phase.textContent = "Get ready";
    say(`${name}: get ready`);
    number.textContent = GET_READY;
    button.textContent = "Stop";
    if (hasSound()) beep(440); // browsers allow sound only from a tap
    tick = setInterval(count, 50);
  };
  const self = {
    stop,
    leave,
    isOpen: () => inputs.some((input) => input.value === ""),
    toggle: () => {
      const now = performance.now();
      if (now - tapped < SAME_TAP) return;
      if (running === self) return void stop();
      start();
      tapped = now;
    },
  };
  button.addEventListener("click", self.toggle);
  return self;
});

// Nobody saw what was done while the page was hidden or asleep.
const leave = () => running?.leave();
document.addEventListener("visibilitychange", () => document.hidden && leave());
document.addEventListener("freeze", leave);

// The space bar starts and stops, wherever the focus is not on something that needs it.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.repeat || event.target.closest("button, input, a, select, textarea, summary")) return;
  event.preventDefault();
  (running ?? counters.find((one) => one.isOpen()) ?? counters[0]).toggle();
});
