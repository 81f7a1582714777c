// The warm-up and the stretches: one move after the other, each side in turn, then on to what comes next.

import { all, clockOf, find, isSameTap } from "./clock.js";

const SWITCH_SIDES = 8; // seconds, at least

const { next, ready } = find("player").dataset;
const moves = all("move");
const steps = moves.flatMap((move) => {
  const { name, numbers, phases } = move.dataset;
  const [holds, going, target, rounds] = numbers.split(" ").map(Number);
  const pace = { holds, moves: going, target, phases: phases.split("|") };
  const sides = "eachSide" in move.dataset ? ["left", "right"] : [""];
  return Array.from({ length: rounds }, () => sides).flat().map((side) => ({ move, name, pace, side }));
});
let at = -1; // the step that is led
let left = 0; // seconds of it that are left, where seconds are counted

const pace = { ready: Number(ready), shown };
const clock = clockOf(pace, {
  begins: () => { if (left) pace.holds = left; }, // it was interrupted
  counts: () => {},
  ends: goOn,
});

// Minutes and seconds from a hundred seconds on.
function shown(number) {
  if (clock.mode === "count" && !pace.moves) left = number;
  find("count").classList.toggle("long", number > 99);
  return number > 99 ? `${Math.floor(number / 60)}:${String(number % 60).padStart(2, "0")}` : number;
}

function goOn() {
  const before = steps[at];
  at += 1;
  const step = steps[at];
  if (!step) return void end();
  Object.assign(pace, step.pace);
  left = 0;
  clock.startAfresh();
  for (const move of moves) move.hidden = move !== step.move;
  find("heading").textContent = step.name;
  find("where").textContent = `${moves.indexOf(step.move) + 1} of ${moves.length}`;
  find("sides").hidden = !step.side;
  for (const flag of all("side")) {
    const on = flag.dataset.side === step.side;
    flag.className = on ? "on" : "";
    flag.textContent = on ? flag.dataset.words : `then ${flag.dataset.side}`;
  }
  for (const pictures of all("pictured")) pictures.classList.toggle("flip", step.side === "left"); // the right leg is drawn
  if (before?.move === step.move) clock.getReady("Switch sides", Math.max(pace.ready, SWITCH_SIDES));
  else clock.getReady("Get ready", pace.ready, `Get ready: ${step.name}`);
}
function end() {
  find("heading").textContent = "Done";
  find("sides").hidden = true;
  for (const move of moves) move.hidden = true;
  clock.into("over");
  clock.tell("Done");
  if (navigator.onLine) location.assign(next);
}

for (const name of ["begin", "on"]) find(name).addEventListener("click", () => isSameTap(find(name)) || goOn());
