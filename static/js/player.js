// The player: leads through the sets of an exercise, hands each to the queue, asks how it went and goes on to the next
// exercise, without a connection too. Each of these is a plain form or link where no script runs.

import { all, clockOf, find, isSameTap, main, takeAsTap } from "./clock.js";
import { enhance } from "./enhance.js";
import { newKey, queue } from "./queue.js";

const SWITCH_SIDES = 8; // seconds, at least
const PATIENCE = 1_500; // milliseconds that the server's word is worth

const capitalised = (words) => words[0].toUpperCase() + words.slice(1);
const ahead = new Map(); // the pages of the rest of the workout, fetched while there is a connection

function play() {
  const form = find("set");
  const stop = find("stop");
  const undo = find("undo");
  const go = find("go");
  const log = document.getElementById("differ");
  const { name, next, numbers, phases, places: left, sets } = find("player").dataset;
  const [holds, moves, ready, rest, target, tooMuch] = numbers.split(" ").map(Number);
  const pace = { holds, moves, ready, rest, target, phases: phases.split("|") };
  const places = left.split(" ").map(placeOf); // the sets still to do; the first is the one on the page
  const done = []; // those done on this page, the latest last
  const clock = clockOf(pace, {
    begins: () => { stop.side.value = form.side.value; },
    counts: (reps) => { form.repetitions.value = reps; },
    ends: () => {
      form.repetitions.value = target;
      takeAsTap(form); // a tap just after the end means this set
      setDone();
    },
  });

  function placeOf(text) {
    const [side, set] = text.split(":");
    const words = side === "both" ? `set ${set}` : `${side}, set ${set}`;
    return { side, number: Number(set), words, text, about: `${location.pathname}${side}/${set}/` };
  }
  const inWords = (place) => `${name}, ${place.words.replace(",", "")}`;

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
    const goesOn = clock.counts && clock.mode !== "idle";
    if (isOtherSide && goesOn) clock.getReady("Switch sides", Math.max(pace.ready, SWITCH_SIDES));
    else if (!pace.rest && goesOn) clock.getReady();
    else if (isOtherSide || !pace.rest) clock.into("idle");
    else clock.rest();
    if (clock.mode === "idle") clock.tell(capitalised(following.words));
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
    clock.pause(); // its field is out of sight while it counts
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
  const choices = find("pace");
  choices.addEventListener("submit", (event) => {
    if (!keep(choices, null, `${name}: note and pace`)) return; // the plain form
    event.preventDefault();
    const { always, ...moving } = choices.dataset;
    const chosen = [...choices.querySelectorAll("select")].map(({ value }, at) => moving[value] ?? (value || always.split(" ")[at]));
    [pace.rest, pace.ready, pace.moves] = chosen.map(Number);
    find("note").textContent = choices.note.value;
    choices.closest("details").open = false;
    clock.tell("Kept");
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
    clock.into("idle");
    turnTo(place);
    clock.tell(`Taken away: ${place.words}`);
  });

  function turnTo(following) {
    clock.startAfresh();
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
    clock.into("log");
    clock.tell("Last set done. How did it go?");
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
    clock.into(state);
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
  takeOver();
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
  history.pushState(null, "", url);
  document.title = page.title;
  const parts = [...main.querySelectorAll("[data-player], .thumb")];
  parts[0].before(...page.querySelectorAll("[data-player], .thumb"));
  for (const part of parts) part.remove();
  scrollTo(0, 0);
  main.focus();
  enhance(main);
  play();
  return true;
}
addEventListener("popstate", () => location.reload());

play();
fetchAhead(find("player").dataset.next);
