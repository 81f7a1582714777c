// Training with a browser that runs scripts: the queue of sets that wait to be saved, and the player that counts.
// Loaded on every page of a signed-in person. Without it each set is a plain form.

const person = document.body.dataset.person;
const storage = (() => {
  try {
    return window.localStorage;
  } catch {
    return null; // blocked: sets are then sent by the plain form
  }
})();

// --- the queue -----------------------------------------------------------------------------------------------
// One entry a set, under the person's id, so that the next person on this phone sends nothing of theirs.
// {key, url, fields, said, state: "waiting" | "conflict" | "refused", stored, why}

const QUEUE = `waiting-${person}`;
const read = () => {
  try {
    return JSON.parse(storage?.getItem(QUEUE) ?? "[]");
  } catch {
    return [];
  }
};
const write = (entries) => storage?.setItem(QUEUE, JSON.stringify(entries));
const change = (key, alter) =>
  write(read().flatMap((entry) => (entry.key === key ? alter(entry) ?? [] : [entry])));

const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http: no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const listeners = [];
const tell = () => listeners.forEach((listener) => listener());

async function send(entry) {
  const body = new URLSearchParams({ ...entry.fields, csrfmiddlewaretoken: document.body.dataset.csrf });
  let response;
  try {
    response = await fetch(entry.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return; // no connection: it stays and is sent again
  }
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.ok && isJson) {
    change(entry.key, () => null);
  } else if (response.status === 409 && isJson) {
    const { stored } = await response.json();
    change(entry.key, (waiting) => [{ ...waiting, state: "conflict", stored }]);
  } else if (response.status === 422 && isJson) {
    const { errors } = await response.json();
    change(entry.key, (waiting) => [{ ...waiting, state: "refused", why: errors.join(" ") }]);
  } else if (response.status === 404) {
    change(entry.key, (waiting) => [{ ...waiting, state: "refused", why: "This workout is no longer there." }]);
  } // signed out, too many at once, or the server is down: it stays and is sent again
}

let sending = null;
function sendAll() {
  // Two tabs may send the same entry: its key makes that one set on the server. What is added meanwhile is sent, too.
  sending ??= (async () => {
    const tried = new Set();
    const next = () => read().find((entry) => entry.state === "waiting" && !tried.has(entry.key));
    for (let entry = next(); entry; entry = next()) {
      tried.add(entry.key);
      await send(entry);
    }
    sending = null;
    tell();
  })();
  return sending;
}

// --- what is not saved is said on every page --------------------------------------------------------------------

const made = (name, words, props = {}) => Object.assign(document.createElement(name), { textContent: words, ...props });

// A screen reader reads out only what changes in a region that was there before.
const told = made("p", "", { className: "hush" });
told.setAttribute("aria-live", "polite");

function notice() {
  document.getElementById("not-saved")?.remove();
  const entries = read();
  told.textContent = entries.length ? "Not everything is saved yet. What to do stands at the top of the page." : "";
  if (!entries.length) return;
  const box = made("section", "", { id: "not-saved", className: "wrap flow no-print" });
  box.setAttribute("aria-label", "Not saved yet");
  const waiting = entries.filter((entry) => entry.state === "waiting");
  if (waiting.length) {
    const line = made("div", "", { className: "notice" });
    line.append(
      made("p", `Not saved yet: ${waiting.map((entry) => entry.said).join("; ")}. It is sent again as soon as there is a connection.`),
      made("button", "Send now", { type: "button", className: "button quiet", onclick: sendAll }),
    );
    box.append(line);
  }
  for (const entry of entries) {
    if (entry.state === "conflict") box.append(conflict(entry));
    if (entry.state === "refused") box.append(refused(entry));
  }
  document.getElementById("main").prepend(box);
}

const drop = (entry) => () => {
  change(entry.key, () => null);
  tell();
};

function conflict(entry) {
  const box = made("div", "", { className: "notice today" });
  const here = Number(entry.fields.repetitions);
  const mine = () => {
    const key = newKey();
    const fields = { ...entry.fields, revision: String(entry.stored.revision), client_key: key };
    change(entry.key, (old) => [{ ...old, key, fields, state: "waiting", stored: undefined }]);
    sendAll();
  };
  box.append(
    made("p", `${entry.said}: two different numbers`, { className: "when" }),
    made("p", `Stored from another phone or tab: ${entry.stored.repetitions}. From here: ${here}.`),
    made("button", `Keep ${entry.stored.repetitions}`, { type: "button", className: "button quiet", onclick: drop(entry) }),
    made("button", `Take ${here}`, { type: "button", className: "button quiet", onclick: mine }),
  );
  return box;
}

function refused(entry) {
  const box = made("div", "", { className: "notice today" });
  box.append(
    made("p", `${entry.said} could not be saved`, { className: "when" }),
    made("p", entry.why),
    made("button", "Discard it", { type: "button", className: "button quiet", onclick: drop(entry) }),
  );
  return box;
}

// --- the player ----------------------------------------------------------------------------------------------

const GET_READY = 5; // seconds
const SWITCH_SIDES = 8;
const MOVE = 2; // seconds to lift, and to lower

function play(player) {
  const find = (name) => player.querySelector(`[data-${name}]`);
  const form = player.querySelector("[name=repetitions]").form;
  const [up, hold, down] = player.dataset.phases.split("|");
  const holds = Number(player.dataset.hold);
  const rest = Number(player.dataset.rest);
  const target = Number(form.repetitions.value);
  const places = player.dataset.places.split(" ").map((place) => {
    const [side, number] = place.split(":");
    return { side, number: Number(number) };
  });
  const one = holds + 2 * MOVE;
  const clock = find("clock");
  const status = find("status");
  const [phase, number, dots] = [find("phase"), find("count"), find("reps")];
  const buttons = { start: find("start"), pause: find("pause"), more: find("more"), skip: find("skip") };

  let mode = "idle"; // idle, ready, count, rest
  let began = 0; // performance.now() of the start of the mode, moved on by every pause
  let length = 0; // seconds of ready or rest
  let pausedAt = null;
  let tick = null;

  // Cues are off until they are asked for, and remembered in this browser. Every cue also stands on the screen.
  const wants = (cue) => find(cue).getAttribute("aria-pressed") === "true";
  for (const cue of ["sound", "voice"]) {
    const button = find(cue);
    if (cue === "voice" && !("speechSynthesis" in window)) button.hidden = true;
    button.setAttribute("aria-pressed", String(storage?.getItem(`cue-${cue}`) === "on"));
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!wants(cue)));
      storage?.setItem(`cue-${cue}`, wants(cue) ? "on" : "off");
      cueing(button.textContent, 880);
    });
  }
  let audio = null;
  function cueing(words, pitch) {
    if (wants("sound")) {
      audio ??= new AudioContext();
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, audio.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.12);
      tone.connect(volume).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + 0.13);
    }
    if (wants("voice")) {
      speechSynthesis.cancel();
      const spoken = new SpeechSynthesisUtterance(words);
      spoken.lang = document.documentElement.lang;
      speechSynthesis.speak(spoken);
    }
  }

  function enter(words, pitch = 660) {
    if (phase.textContent === words) return;
    phase.textContent = words;
    status.textContent = words; // phases are announced, numbers are not
    cueing(words, pitch);
  }
  function show() {
    const pressed = Object.values(buttons).find((button) => button === document.activeElement);
    buttons.start.hidden = mode !== "idle";
    buttons.pause.hidden = mode === "idle";
    buttons.more.hidden = buttons.skip.hidden = mode !== "rest";
    dots.hidden = mode !== "count";
    player.classList.toggle("running", mode !== "idle" && pausedAt === null); // only what a moving person needs
    if (pressed?.hidden) buttons.pause.focus(); // so that nobody loses their place
  }
  function into(next, seconds = 0) {
    [mode, length, began, pausedAt] = [next, seconds, performance.now(), null];
    buttons.pause.textContent = "Pause";
    clearInterval(tick);
    tick = next === "idle" ? null : setInterval(step, 100);
    show();
  }
  function step() {
    if (pausedAt !== null) return;
    const gone = (performance.now() - began) / 1000;
    if (mode === "count") return counting(gone);
    const left = Math.ceil(length - gone);
    number.textContent = Math.max(0, left);
    if (left > 0) return;
    if (mode === "rest") getReady("Get ready", GET_READY);
    else startCount();
  }
  function getReady(words, seconds) {
    enter(words);
    into("ready", seconds);
    step();
  }
  function startCount() {
    dots.replaceChildren(...Array.from({ length: target }, () => document.createElement("li")));
    into("count");
    step();
  }
  function counting(gone) {
    const done = Math.min(target, Math.floor(gone / one));
    if (done === target) return finish();
    const within = gone - done * one;
    const [words, ends] = within < MOVE ? [up, MOVE] : within < MOVE + holds ? [hold, MOVE + holds] : [down, one];
    enter(words, words === hold ? 660 : 880);
    number.textContent = holds && words === hold ? Math.ceil(ends - within) : done + 1;
    [...dots.children].forEach((dot, at) => { dot.className = at < done ? "on" : at === done ? "now" : ""; });
    form.repetitions.value = done;
    return undefined;
  }
  function finish() {
    form.repetitions.value = target;
    form.requestSubmit();
  }

  buttons.start.addEventListener("click", () => getReady("Get ready", GET_READY));
  buttons.skip.addEventListener("click", () => getReady("Get ready", GET_READY));
  buttons.more.addEventListener("click", () => { length += 15; step(); });
  function pause() {
    if (mode === "idle" || pausedAt !== null) return;
    pausedAt = performance.now();
    buttons.pause.textContent = "Go on";
    show();
    status.textContent = "Paused";
  }
  buttons.pause.addEventListener("click", () => {
    if (pausedAt === null) return pause();
    began += performance.now() - pausedAt;
    pausedAt = null;
    buttons.pause.textContent = "Pause";
    show();
    status.textContent = phase.textContent;
    return undefined;
  });
  document.addEventListener("visibilitychange", () => document.hidden && mode !== "rest" && pause());

  // A set goes into the queue before it is sent, and the next one is shown at once, whatever the connection does.
  form.addEventListener("submit", (event) => {
    if (!storage || !form.repetitions.checkValidity() || form.repetitions.value === "") return; // the server says why
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrfmiddlewaretoken;
    const [place, next] = places.splice(0, 2);
    if (next) places.unshift(next);
    const side = place.side === "both" ? "Set" : `${place.side === "left" ? "Left" : "Right"}, set`;
    const said = `${player.dataset.name}, ${side.toLowerCase().replace(",", "")} ${place.number}`;
    write([...read(), { key: fields.client_key, url: location.pathname, fields, said, state: "waiting" }]);
    find("done").append(made("li", `${side} ${place.number}: ${fields.repetitions} done`));
    find("done").hidden = false;
    sendAll();
    if (next) turnTo(place, next);
    else leave();
  });

  // "This hurts" is kept like a set, so that it is not lost where there is no connection.
  player.querySelector("form[data-stop]").addEventListener("submit", (event) => {
    if (!storage) return;
    event.preventDefault();
    const stop = event.target;
    const said = `${player.dataset.name}: it hurt`;
    const url = new URL(stop.action).pathname;
    write([...read(), { key: newKey(), url, fields: { side: stop.side.value }, said, state: "waiting" }]);
    leave();
  });

  function turnTo(place, next) {
    form.side.value = next.side;
    form.set_number.value = next.number;
    form.revision.value = 0;
    form.client_key.value = newKey();
    form.repetitions.value = target;
    const stop = player.querySelector("form[data-stop]");
    stop.side.value = next.side;
    for (const flag of player.querySelectorAll("[data-side]")) {
      const on = flag.dataset.side === next.side;
      flag.className = on ? "on" : "";
      flag.textContent = on ? flag.dataset.words : `then ${flag.dataset.side}`;
    }
    const pictures = player.querySelector("[data-pictured]");
    pictures.classList.toggle("flip", next.side !== "both" && next.side !== pictures.dataset.pictured);
    const words = next.side === "both" ? "Set" : `${next.side === "left" ? "Left" : "Right"}, set`;
    find("where").textContent = `${words} ${next.number} of ${player.dataset.sets}`;
    if (mode === "idle") {
      status.textContent = find("where").textContent;
      return;
    }
    if (next.number === place.number) getReady("Switch sides", SWITCH_SIDES);
    else {
      enter("Rest");
      into("rest", rest);
      step();
    }
  }

  async function leave() {
    into("idle");
    clock.hidden = form.hidden = true;
    find("where").textContent = "Last set done";
    const go = find("go");
    await sendAll();
    if (!read().length) location.assign(go.href);
    else go.hidden = false; // no connection yet: the notice above says so, this leads on when it is back
  }

  clock.hidden = false;
  show();
}

// --- start ---------------------------------------------------------------------------------------------------

if (person && storage) {
  document.getElementById("main").append(told);
  listeners.push(notice);
  addEventListener("online", sendAll);
  // A server that is down for a moment sends no "online".
  setInterval(() => read().some((entry) => entry.state === "waiting") && sendAll(), 30_000);
  notice();
  if (read().some((entry) => entry.state === "waiting")) sendAll();
  for (const form of document.querySelectorAll("form[action$='/accounts/logout/']")) {
    form.addEventListener("submit", (event) => {
      const waiting = read().length;
      if (waiting && !confirm(`${waiting} set${waiting > 1 ? "s are" : " is"} not saved yet and can only be saved when you are signed in. Sign out all the same?`)) event.preventDefault();
    });
  }
  const player = document.querySelector("[data-player]");
  if (player) play(player);
}
