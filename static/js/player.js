// The player: counts a set, switches sides, rests, hands each set to the queue, asks how it went and goes on to the
// next exercise, without a connection too. Each of these is a plain form or link where no script runs.

import { enhance } from "./enhance.js";
import { newKey, queue } from "./queue.js";
import { beep, soundSwitch } from "./sound.js";

const SWITCH_SIDES = 8; // seconds, at least
const SAME_TAP = 1_000; // milliseconds
const JUMP = 2_000; // a tick that comes this late: the phone slept
const PATIENCE = 1_500; // milliseconds that the server's word is worth

const main = document.getElementById("main");
const find = (name) => main.querySelector(`[data-${name}]`);
const all = (name) => [...main.querySelectorAll(`[data-${name}]`)];
const capitalised = (words) => words[0].toUpperCase() + words.slice(1);
const ahead = new Map(); // the pages of the rest of the workout, fetched while there is a connection
let shown; // what plays on the page that is shown
let tapped = { on: null, at: performance.now() }; // the tap that led to this page

// A second tap within a second is the same, also where the first has moved the buttons.
function isSameTap(on) {
  const at = performance.now();
  if (at - tapped.at < SAME_TAP && (on === tapped.on || on.matches("form"))) return true;
  tapped = { on, at };
  return false;
}

function play() {
  const player = find("player");
  const bar = player.nextElementSibling;
  const form = find("set");
  const stop = find("stop");
  const undo = find("undo");
  const go = find("go");
  const log = document.getElementById("differ");
  const { name, next, sets } = player.dataset;
  const phases = player.dataset.phases.split("|");
  let [holds, moves, ready, rest, target, tooMuch] = player.dataset.numbers.split(" ").map(Number);
  const places = player.dataset.places.split(" ").map(placeOf); // the sets still to do; the first is the one on the page
  const done = []; // those done on this page, the latest last

  let mode = "idle"; // idle, ready, count, rest; held: interrupted, waits for a tap; log, stopped, over
  let counts = false; // whether the phone counts
  let said = ""; // the phase as it was last said
  let began = 0; // performance.now() of the start of the mode, moved on by every pause
  let length = 0; // seconds of ready or rest
  let counted = 0; // repetitions that were counted before an interruption
  let reps = 0; // repetitions counted of this set
  let pausedAt = null;
  let ticked = 0;
  let tick = null;

  function placeOf(text) {
    const [side, set] = text.split(":");
    const words = side === "both" ? `set ${set}` : `${side}, set ${set}`;
    return { side, number: Number(set), words, text, about: `${location.pathname}${side}/${set}/` };
  }
  const inWords = (place) => `${name}, ${place.words.replace(",", "")}`;

  // --- cues: each also stands on the screen ------------------------------------------------------------------------------

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
  function enter(words, pitch = 660) {
    if (words === said) return;
    said = words;
    find("phase").textContent = words;
    tell(words);
    if (document.hidden) return;
    if (hasSound()) beep(pitch);
    if (hasVoice() && "speechSynthesis" in window) speak(words);
  }

  // --- the clock -----------------------------------------------------------------------------------------------------

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
    find("count").textContent = number;
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
  function getReady(words = "Get ready", seconds = ready) {
    counts = true;
    stop.side.value = form.side.value;
    enter(words);
    into("ready", seconds);
    step();
  }
  function afterRest() {
    if (counts) return void getReady();
    enter("Next set", 880);
    into("idle");
  }
  function startCount() {
    stop.side.value = form.side.value;
    find("reps").replaceChildren(...Array.from({ length: target }, () => document.createElement("li")));
    into("count");
    step();
  }
  function count(gone) {
    const one = holds + 2 * moves;
    reps = Math.min(target, counted + Math.floor(gone / one));
    if (reps === target) return void finish();
    const within = gone % one;
    const now = within < moves ? 0 : within < moves + holds ? 1 : 2;
    enter(phases[now], now === 1 ? 660 : 880);
    const back = (one - within) / moves;
    const level = now === 1 ? (within - moves) / holds : now === 2 ? back : holds ? 0 : within / moves;
    draw(now === 1 ? Math.ceil(moves + holds - within) : reps + 1, level, now === 2 ? "start" : "end");
    [...find("reps").children].forEach((dot, at) => { dot.className = at < reps ? "on" : at === reps ? "now" : ""; });
    form.repetitions.value = reps;
  }
  function finish() {
    form.repetitions.value = target;
    tapped = { on: form, at: performance.now() }; // a tap just after the end means this set
    setDone();
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
    draw(ready, 1, "start");
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
    find(tap).addEventListener("click", () => isSameTap(find(tap)) || act());
  }

  // --- sets ----------------------------------------------------------------------------------------------------------

  // Puts a form into the queue; its key, or nothing where the plain form has to be sent.
  function keep(sent, about, words, fields = Object.fromEntries(new FormData(sent))) {
    for (const own of ["csrfmiddlewaretoken", "shown_at"]) delete fields[own];
    const { pathname: url } = new URL(sent.action);
    const key = sent === undo ? newKey() : (fields.client_key ?? newKey());
    return queue.add({ key, url, about: about ?? url, fields, said: words }) && key;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isSameTap(form)) setDone();
  });

  // A set goes into the queue before it is sent, and the next one is shown at once, whatever the connection does.
  function setDone() {
    const input = form.repetitions;
    const typed = input.value.normalize("NFKC").trim();
    const isRight = /^[0-9]{1,4}$/.test(typed) && Number(typed) <= Number(input.max);
    sayWrong(input, isRight ? "" : input.dataset.wrong);
    if (!isRight) return;
    input.value = Number(typed);
    const [place, following] = places;
    const key = keep(form, place.about, inWords(place));
    if (!key) return void form.submit(); // nothing can be kept here
    places.shift();
    wasDone(place, key, input.value);
    if (!following) return void openLog();
    turnTo(following);
    const isOtherSide = following.number === place.number;
    if (isOtherSide && counts && mode !== "idle") getReady("Switch sides", Math.max(ready, SWITCH_SIDES));
    else if (!rest && counts && mode !== "idle") getReady();
    else if (isOtherSide || !rest) into("idle");
    else {
      enter("Rest");
      into("rest", rest);
      step();
    }
    if (mode === "idle") tell(capitalised(following.words));
    else stop.side.value = place.side; // what hurts before the next begins is what was done last
  }
  function wasDone(place, key, repetitions) {
    done.push({ place, key });
    mark(place, repetitions);
    log[`reps_${place.side}_${place.number}`].value = repetitions;
    log.keys.value += ` ${key}`;
    if (log.load_grams) log.load_grams.value = form.load_grams.value;
    undo.hidden = false;
    undo.action = `${place.about}remove/`;
    undo.client_key.value = key;
  }
  // The arch of a set: filled once it is done. Where it was not as asked, one tap would not be true.
  function mark(place, repetitions) {
    const arch = main.querySelector(`[data-arch="${place.text}"]`);
    if (!arch) return;
    arch.className = repetitions ? "" : "to";
    arch.lastChild.textContent = repetitions || target;
    arch.toggleAttribute("data-differs", Boolean(repetitions && (Number(repetitions) !== target || isOtherLoad())));
  }
  const isOtherLoad = () => form.load_grams && !form.load_grams.selectedOptions[0].defaultSelected;
  function sayWrong(input, words) {
    document.getElementById("wrong")?.remove();
    input.removeAttribute("aria-describedby");
    if (!words) return;
    pause(); // its field is out of sight while it counts
    input.closest("details").open = true;
    const error = Object.assign(document.createElement("p"), { id: "wrong", className: "error", textContent: words });
    error.setAttribute("role", "alert");
    input.closest(".field, .opts").before(error);
    input.setAttribute("aria-describedby", "wrong");
    input.focus();
  }

  // "This hurts" is kept like a set, so that it is not lost where there is no connection.
  stop.addEventListener("submit", (event) => {
    const key = keep(stop, null, `${name}: it hurt`);
    if (!key) return; // the plain form
    event.preventDefault();
    leave("stopped", key);
  });

  // Rest, get ready and tempo count at once; the next time the server says them.
  const pace = find("pace");
  pace.addEventListener("submit", (event) => {
    if (!keep(pace, null, `${name}: note and pace`)) return; // the plain form
    event.preventDefault();
    const { always, ...moving } = pace.dataset;
    const chosen = [...pace.querySelectorAll("select")].map(({ value }, at) => moving[value] ?? (value || always.split(" ")[at]));
    [rest, ready, moves] = chosen.map(Number);
    find("note").textContent = pace.note.value;
    pace.closest("details").open = false;
    tell("Kept");
  });

  undo.addEventListener("submit", (event) => {
    undo.client_key.value = queue.keyOf(undo.client_key.value);
    const place = placeOf(undo.dataset.undo || done.at(-1).place.text);
    for (const entry of queue.all()) if (entry.about === place.about) queue.drop(entry.key);
    if (!keep(undo, place.about, `${inWords(place)} taken away`)) return; // the plain form
    event.preventDefault();
    done.pop();
    undo.dataset.undo = "";
    undo.hidden = true;
    const before = done.pop();
    if (before) wasDone(before.place, before.key, log[`reps_${before.place.side}_${before.place.number}`].value);
    mark(place);
    places.unshift(place);
    into("idle");
    turnTo(place);
    tell(`Taken away: ${place.words}`);
  });

  function turnTo(following) {
    counted = reps = 0;
    form.side.value = following.side;
    form.set_number.value = following.number;
    form.revision.value = 0;
    form.client_key.value = newKey();
    form.repetitions.value = target;
    stop.side.value = following.side;
    for (const flag of all("side")) {
      const on = flag.dataset.side === following.side;
      flag.className = on ? "on" : "";
      flag.textContent = on ? flag.dataset.words : `then ${flag.dataset.side}`;
    }
    const pictures = find("pictured");
    pictures.classList.toggle("flip", following.side !== "both" && following.side !== pictures.dataset.pictured);
    find("where").textContent = `Set ${following.number} of ${sets}`;
    find("following").textContent = following.words;
  }

  // --- how it went ---------------------------------------------------------------------------------------------------

  function openLog() {
    const words = find("counted");
    if (words && !places.length) words.textContent = words.dataset.counted;
    if (words && find("differs")) {
      find("onetap").hidden = true;
      log.parentElement.open = true;
    }
    if (done.length) for (const { side, number } of places) log[`reps_${side}_${number}`].value = "";
    find("where").textContent = "How did it go?";
    into("log");
    tell("Last set done. How did it go?");
  }
  find("early").addEventListener("click", (event) => {
    event.preventDefault();
    openLog();
  });
  for (const told of all("tells")) {
    told.addEventListener("submit", (event) => {
      if (isSameTap(told)) return void event.preventDefault();
      const open = (part) => part.offsetParent;
      const wrong = [...told.querySelectorAll("input[type=number]")].find((input) => open(input) && !input.checkValidity());
      const missing = [...told.querySelectorAll("fieldset fieldset")].find((ask) => open(ask) && !ask.querySelector(":checked"));
      if (wrong ?? missing) {
        event.preventDefault();
        return void (wrong ? sayWrong(wrong, form.repetitions.dataset.wrong) : sayWrong(missing.querySelector("input"), "Choose an answer."));
      }
      const pains = [...told.querySelectorAll("[name^=pain]:checked")].map((input) => Number(input.value));
      const key = keep(told, null, `${name}: ${told.dataset.tells}`);
      if (!key) return; // the plain form
      event.preventDefault();
      leave(Math.max(0, ...pains) < tooMuch ? "over" : "stopped", key);
    });
  }

  function end(state) {
    into(state);
    if (state === "stopped") {
      find("where").textContent = "Stopped because it hurt";
      find("care").hidden = false; // the page that says it may be out of reach
    }
    if (!following()) Object.assign(go, { href: document.querySelector(".back a").href, textContent: "Go on" });
  }
  // The next exercise, unless it was told of meanwhile: the page may have been fetched when nothing was done yet.
  function following() {
    const told = [...queue.acknowledged, ...queue.all()].some(({ url }) => [`${next}how/`, `${next}stop/`].includes(url));
    return told ? "" : next;
  }
  // On to where the server says; without a connection, to the next exercise if its page was fetched before.
  async function leave(state, key) {
    end(state);
    const answer = () => queue.acknowledged.find((entry) => entry.key === key)?.told.next;
    const sent = queue.send();
    await Promise.race([sent, new Promise((patience) => { setTimeout(patience, PATIENCE); })]);
    if (turnPage(answer() ?? (state === "over" && following()))) return;
    await sent;
    if (answer()) location.assign(answer());
  }
  go.addEventListener("click", (event) => turnPage(following()) && event.preventDefault());

  // What was not sent yet when the server made this page is done all the same, and so is what it took just now.
  function takeOver() {
    const first = places[0].about;
    const told = [...queue.acknowledged, ...queue.all().filter(({ state }) => state === "waiting")];
    for (const { url, about, fields, key } of told) {
      const at = places.findIndex((place) => place.about === about);
      if (url === location.pathname && at >= 0) wasDone(places.splice(at, 1)[0], key, fields.repetitions);
      const last = done.at(-1) ?? (undo.dataset.undo && { place: placeOf(undo.dataset.undo) });
      if (url === `${about}remove/` && last?.place.about === about) {
        done.pop();
        places.unshift(last.place);
        mark(last.place);
        undo.hidden = true;
      }
    }
    const path = (sent) => new URL(sent.action).pathname;
    if (told.some(({ url }) => url === path(stop))) end("stopped");
    else if (told.some(({ url }) => url === path(log))) end("over");
    else if (!places.length) openLog();
    else if (places[0].about !== first) turnTo(places[0]);
  }

  find("done").classList.add("quiet"); // the main button is the one that counts
  for (const part of main.querySelectorAll(".with-script")) part.classList.remove("with-script");
  show();
  takeOver();
  return { interrupt, end: () => clearInterval(tick), escape: () => pause() };
}

// --- from page to page -----------------------------------------------------------------------------------------------

// The pages of the rest of the workout, one after the other, so that it goes on in a cellar too.
async function fetchAhead(url) {
  if (!url || ahead.has(url) || url === location.pathname) return;
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const player = page.querySelector("[data-player]");
    if (!answer.ok || answer.redirected || !player) return; // nothing more to do there
    ahead.set(url, page);
    fetchAhead(player.dataset.next);
  } catch {
    // no connection: the next page is asked for when it is needed
  }
}

// Shows a page that was fetched, in the place of this one; false where there is none.
function turnPage(url) {
  const page = ahead.get(url);
  if (!page) return false;
  ahead.delete(url);
  shown.end();
  history.pushState(null, "", url);
  document.title = page.title;
  const parts = [...main.querySelectorAll("[data-player], .thumb")];
  parts[0].before(...page.querySelectorAll("[data-player], .thumb"));
  for (const part of parts) part.remove();
  scrollTo(0, 0);
  main.focus();
  enhance(main);
  shown = play();
  return true;
}
addEventListener("popstate", () => location.reload());

const hides = () => shown.interrupt();
document.addEventListener("visibilitychange", () => document.hidden && hides());
document.addEventListener("freeze", hides);
addEventListener("pagehide", hides);

// Space: the main button; Enter: the set is done; Escape: pause. Where the focus needs the key, it keeps it.
document.addEventListener("keydown", (event) => {
  const { key, target, repeat } = event;
  if (key === "Escape") return void shown.escape();
  if (repeat || target.closest("button, input, a, select, textarea, summary")) return;
  const button = key === " " ? main.querySelector(".thumb .button:not(.quiet, [hidden])") : key === "Enter" && find("done");
  if (!button?.offsetParent) return;
  event.preventDefault();
  button.click();
});

shown = play();
fetchAhead(find("player").dataset.next);
