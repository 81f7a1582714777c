// What a browser with JavaScript gets on top. Every page works without it.
// One file on purpose: the hashed names of static files would break imports between modules.

// The summary of errors takes the focus, so that a screen reader and the keyboard start there.
document.getElementById("error-summary")?.focus();

// Forms that want to know the person's day carry a hidden field for the time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const input of document.querySelectorAll("input[name=time_zone]")) {
  if (zone) input.value = zone;
}

// <select name="time_zone" data-guess>: nobody has said yet where they are, so the browser's zone is chosen.
for (const select of document.querySelectorAll("select[name=time_zone][data-guess]")) {
  const guess = [...select.options].find((option) => option.value === zone);
  if (guess && select.value === "UTC") guess.selected = true;
}

// <div data-zone="Europe/London" hidden>... <b data-zone-name></b></div>: shown where the browser's clock goes
// otherwise, now or in half a year. Names alone will not do: Asia/Kolkata and Asia/Calcutta are one place.
const now = Date.now();
const clock = (name, moment) => {
  try {
    return new Date(moment).toLocaleString("en-GB", { timeZone: name });
  } catch {
    return ""; // a zone this browser does not know
  }
};
for (const note of document.querySelectorAll("[data-zone]")) {
  const isSame = (moment) => clock(zone, moment) === clock(note.dataset.zone, moment);
  if (!zone || (isSame(now) && isSame(now + 182 * 86400000))) continue;
  note.querySelector("[data-zone-name]").textContent = zone.replaceAll("_", " ");
  note.hidden = false;
}

// <button type="button" data-read="#id" hidden>Read this aloud</button>
if ("speechSynthesis" in window) {
  for (const button of document.querySelectorAll("[data-read]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const wasSpeaking = speechSynthesis.speaking;
      speechSynthesis.cancel();
      if (wasSpeaking) return;
      const words = new SpeechSynthesisUtterance(document.querySelector(button.dataset.read).innerText);
      words.lang = document.documentElement.lang;
      words.rate = 0.9;
      speechSynthesis.speak(words);
    });
  }
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

// <details data-load="/page/#part"><summary>Show it</summary><p><a href="/page/#part">Show it</a></p></details>:
// what stands last in the fold is replaced by that part of the page when it is opened; the link stays where it fails.
for (const fold of document.querySelectorAll("details[data-load]")) {
  const load = async () => {
    const [page, part] = fold.dataset.load.split("#");
    const answer = await fetch(page);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part);
    if (!answer.ok || !found) return;
    found.removeAttribute("id");
    fold.lastElementChild.replaceWith(found);
  };
  fold.addEventListener("toggle", () => load().catch(() => {}), { once: true });
}

// <button type="button" data-print hidden>Print this page</button>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Pages one reads from afar (data-wake-lock on any element) keep the screen on. The lock is lost
// whenever the page is hidden, and some browsers only give it after a tap.
if ("wakeLock" in navigator && document.querySelector("[data-wake-lock]")) {
  let lock = null;
  const keepAwake = async () => {
    if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      lock = null; // refused, for instance on a low battery: the page is still there
    }
  };
  keepAwake();
  document.addEventListener("visibilitychange", keepAwake);
  document.addEventListener("click", keepAwake);
}

// A number with a step button on each side: <div class="field"><input inputmode="numeric" ...></div>
for (const field of document.querySelectorAll(".field")) {
  const input = field.querySelector("input");
  const name = field.dataset.name;
  const change = (by) => {
    const value = Math.max(Number(input.min || 0), Math.round((Number(input.value) || 0) + by));
    input.value = input.max ? Math.min(Number(input.max), value) : value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const button = (sign, label, by) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", `${label}: ${name}`);
    made.addEventListener("click", () => change(by));
    return made;
  };
  field.prepend(button("−", "One fewer", -1));
  field.append(button("+", "One more", 1));
}

// Countable checks: seconds on one leg, or heel raises to a beat, one up and one down, a second each.
// <div data-counter="heel_raise" data-most="100" data-name="Left" hidden>, inside the fieldset of its side.
const counters = [...document.querySelectorAll("[data-counter]")];
if (counters.length) {
  const GET_READY = 5; // seconds from the tap to the start
  const status = document.querySelector("[data-counter-status]");
  const say = (words) => { status.textContent = words; };
  let running = null;

  // The beat can be heard, too: off until asked for, and remembered in this browser.
  const soundButton = document.querySelector("[data-beat-sound]");
  let sound = null;
  const wantsSound = () => soundButton?.getAttribute("aria-pressed") === "true";
  const click = (pitch) => {
    if (!wantsSound()) return;
    sound ??= new AudioContext();
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.09);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.1);
  };
  try {
    soundButton?.setAttribute("aria-pressed", String(localStorage.getItem("beat-sound") === "on"));
  } catch {
    // no storage allowed: off
  }
  soundButton?.addEventListener("click", () => {
    soundButton.setAttribute("aria-pressed", String(!wantsSound()));
    try {
      localStorage.setItem("beat-sound", wantsSound() ? "on" : "off");
    } catch {
      // no storage allowed: for this page only
    }
    click(880);
  });

  for (const element of document.querySelectorAll("[data-with-script], [data-counter]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-by-hand]")) element.hidden = true;

  const made = counters.map((counter) => {
    const { counter: check, name, most } = counter.dataset;
    const toABeat = check === "heel_raise";
    const button = counter.querySelector("button");
    const number = counter.querySelector("[role=timer]");
    const phase = counter.querySelector("[data-phase]");
    const inputs = [...counter.closest("fieldset").querySelectorAll("input[type=number]")];
    const startWords = button.innerHTML;
    let begun = 0;
    let tick = null;
    let value = 0;
    let shown = "";

    const show = (words) => {
      if (words === shown) return false;
      shown = words;
      phase.textContent = words;
      return true;
    };
    const finish = (words) => {
      clearInterval(tick);
      tick = running = null;
      button.innerHTML = startWords;
      counter.removeAttribute("data-beat");
      show(words);
    };
    const stop = () => {
      if (performance.now() < begun) {
        finish("Ready?");
        say(`${name}: not counted`);
        return;
      }
      const free = inputs.find((input) => input.value === "") ?? inputs[0];
      free.value = value;
      free.dispatchEvent(new Event("change", { bubbles: true }));
      finish("Stopped");
      say(`${name}: ${value}, written down below`);
      click(440);
    };
    const count = () => {
      const elapsed = (performance.now() - begun) / 1000;
      if (elapsed < 0) {
        number.textContent = Math.ceil(-elapsed);
        return;
      }
      // On a beat one goes up on even seconds and down on odd ones; a raise counts once one is down again.
      const goingUp = Math.floor(elapsed) % 2 === 0;
      value = Math.min(Number(most), Math.floor(toABeat ? elapsed / 2 : elapsed));
      number.textContent = value;
      const isFirst = shown === "Get ready";
      const words = toABeat ? (goingUp ? "Up" : "Down") : "Hold";
      if (toABeat) counter.dataset.beat = words.toLowerCase();
      if (show(words)) click(goingUp ? 880 : 660);
      if (isFirst) say("Go");
      if (value === Number(most)) stop();
    };
    const start = () => {
      if (inputs.length > 1 && inputs.every((input) => input.value !== "")) {
        show("All tries are written down");
        say("All tries are written down. Empty one to try again.");
        return;
      }
      running?.stop();
      running = self;
      begun = performance.now() + GET_READY * 1000;
      value = 0;
      show("Get ready");
      say(`${name}: get ready`);
      number.textContent = GET_READY;
      button.textContent = "Stop";
      if (wantsSound()) sound ??= new AudioContext(); // browsers allow sound only from a tap
      tick = setInterval(count, 50);
    };
    const self = { stop, toggle: () => (tick ? stop() : start()), isOpen: () => inputs.some((i) => i.value === "") };
    button.addEventListener("click", self.toggle);
    return self;
  });

  // The space bar starts and stops, wherever the focus is not on something that needs it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.target.closest("button, input, a, select, textarea, summary")) return;
    event.preventDefault();
    (running ?? made.find((one) => one.isOpen()) ?? made[0]).toggle();
  });
}
