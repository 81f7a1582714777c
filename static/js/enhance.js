// What a browser with JavaScript gets on top, on every page. Every page works without it.

// The summary of errors takes the focus, so that a screen reader and the keyboard start there.
document.getElementById("error-summary")?.focus();

// A link to a place in a fold opens the fold: not every browser does so by itself.
const unfold = () => {
  const place = document.querySelector(":target");
  const fold = place?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  place.scrollIntoView();
};
unfold();
addEventListener("hashchange", unfold);

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

// <button type="button" data-print hidden>Print this page</button>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// <button type="button" data-copy="#id" hidden>Copy</button>
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
    button.textContent = "Copied";
  });
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

// What also stands on a page that the player puts in the place of another.
export function enhance(root) {
  // <details data-load="/page/#part"><summary>Show it</summary><p><a href="/page/#part">Show it</a></p></details>:
  // what stands last in the fold is replaced by that part of the page when it is opened; the link stays where it fails.
  for (const fold of root.querySelectorAll("details[data-load]")) {
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

  // A number with a step button on each side: <div class="field"><input inputmode="numeric" ...></div>
  for (const field of root.querySelectorAll(".field")) {
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
}
enhance(document);
