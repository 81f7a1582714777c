// What waits to be saved: sets, sets taken away, "this hurts". Loaded on every page of a signed-in person; without it
// each is a plain form. First the queue, which knows no page; then what the page says of it; then its start.

const RETRY = 30_000; // milliseconds: a server that is down for a moment sends no "online"
const GIVE_UP = 20_000; // a connection that neither works nor fails
const SETTLE = 2_000; // what is sent sooner than this was never worth a word

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http: no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// An entry: {key, url, about, fields, said, at, order, state, why, stored, words}
//   about  the set or exercise it tells of: what tells of one thing arrives in the order in which it was said
//   said   what it is, in words; at: when it was done, by this device's clock
//   state  "waiting"; "conflict" (what is `stored`, and `words` for both); "refused" (`why`)
// Each is an item of its own in the storage, so that two tabs cannot write over each other's, under the person's id,
// so that the next person on this phone sends nothing of theirs.
export class Queue {
  reason = ""; // why what waits was not sent: "", "offline", "signed_out", "page_too_old" or "server_down"
  signIn = "";
  acknowledged = []; // what the server took since this page was loaded, with its answer as `told`
  #sending = null;
  #found = new Map(); // by key: what an answer said of an entry where the storage had no room for it

  constructor({ person, token, storage, fetch, now, tell }) {
    Object.assign(this, { token, storage, fetch, now, tell, prefix: `waiting-${person}-` });
  }

  all() {
    const entries = [];
    try {
      for (let at = 0; at < this.storage.length; at += 1) {
        const name = this.storage.key(at);
        if (!name.startsWith(this.prefix)) continue;
        const entry = JSON.parse(this.storage.getItem(name));
        entries.push({ ...entry, ...this.#found.get(entry.key) });
      }
    } catch {
      return entries; // no storage allowed: then nothing waits
    }
    return entries.sort((one, other) => one.order - other.order);
  }

  // False where the browser refuses to store: then the plain form has to be sent.
  add(entry) {
    const order = 1 + Math.max(0, ...this.all().map((other) => other.order));
    if (!this.#write({ at: this.now(), ...entry, order, state: "waiting" })) return false;
    this.send();
    return true;
  }

  drop(key) {
    this.#forget(key);
    this.tell();
  }

  // The key under which a set of this page is stored: an equal one from another tab keeps its own.
  keyOf(key) {
    return this.acknowledged.find((entry) => entry.key === key)?.told.stored?.client_key ?? key;
  }

  // The person's answer to a conflict: what is from here takes the place of what is stored. Where the browser refuses to
  // store, these fields have to be sent by a plain form; what waited is then equal to what is stored, or asked about again.
  insist({ key, url, about, said, at, fields, stored }) {
    const anew = newKey();
    const again = { ...fields, revision: stored.revision, client_key: anew };
    if (this.add({ key: anew, url, about, said, at, fields: again })) return void this.drop(key);
    this.#change(key, { state: "waiting", stored: undefined, words: undefined });
    return again;
  }

  // Two tabs may send the same entry: its key makes that one set on the server.
  send() {
    this.#sending ??= this.#sendAll();
    return this.#sending;
  }

  listen(window, document) {
    window.addEventListener("online", () => this.send());
    window.addEventListener("pageshow", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    window.addEventListener("storage", () => this.tell()); // another tab sent something, or could not
  }

  async #sendAll() {
    await null; // `#sending` is set before it can be set back
    const tried = new Set();
    const held = new Set();
    const next = () =>
      this.all().find(({ state, key, about }) => state === "waiting" && !tried.has(key) && !held.has(about));
    let reason = "";
    for (let entry = next(); entry; entry = next()) {
      tried.add(entry.key);
      const why = await this.#send(entry);
      if (!why) continue;
      reason = why;
      held.add(entry.about);
      if (why !== "server_down") break; // the others would fare the same
    }
    // Nothing may come between the last look for an entry and this: what is added next starts anew.
    this.reason = reason;
    this.#sending = null;
    this.tell();
  }

  // Sends one and does what the answer says; why it has to wait, if it has to.
  async #send(entry) {
    const { key, url, at } = entry;
    const fields = { ...entry.fields };
    if (fields.client_key) fields.client_key = this.keyOf(fields.client_key); // of the set to take away
    const seconds = Math.max(0, Math.round((this.now() - at) / 1000));
    const body = new URLSearchParams({ ...fields, seconds_ago: seconds, csrfmiddlewaretoken: this.token });
    let response;
    let told = null;
    try {
      const signal = AbortSignal.timeout?.(GIVE_UP);
      const headers = { Accept: "application/json" };
      response = await this.fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
      if (response.headers.get("Content-Type")?.startsWith("application/json")) told = await response.json();
    } catch {
      return "offline";
    }
    const { status } = response;
    if (response.ok && told) {
      this.acknowledged.push({ ...entry, told });
      this.#forget(key);
    } else if (status === 409 && told) this.#change(key, { ...told, state: "conflict" });
    else if (status === 422 && told) this.#change(key, { state: "refused", why: told.errors.join(" ") });
    else if (status === 403 && told) {
      this.signIn = told.sign_in;
      return told.reason ?? "server_down";
    } else if (status === 404) this.#change(key, { state: "refused", why: "This workout is no longer there." });
    else if (status >= 500 || status === 429) return "server_down";
    else if (status >= 400) this.#change(key, { state: "refused", why: `The server did not take it (${status}).` });
    else return "offline"; // a redirect, or the sign-in page of a café's network
    return "";
  }

  #forget(key) {
    this.#found.delete(key);
    this.storage.removeItem(this.prefix + key);
  }

  // Another tab may have dropped it meanwhile: then it stays dropped.
  #change(key, told) {
    const stored = this.storage.getItem(this.prefix + key);
    this.#found.delete(key);
    if (stored && !this.#write({ ...JSON.parse(stored), ...told })) this.#found.set(key, told);
  }

  #write(entry) {
    try {
      this.storage.setItem(this.prefix + entry.key, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }
}

// --- what the page says ------------------------------------------------------------------------------------------

const made = (name, words, props = {}) => Object.assign(document.createElement(name), { textContent: words, ...props });
const button = (words, onclick) => made("button", words, { type: "button", className: "button quiet", onclick });
const link = (words, href) => made("a", words, { className: "button quiet", href });
const here = () => location.pathname + location.search;
function sendPlainly(action, fields) {
  const form = made("form", "", { method: "post", action });
  for (const [name, value] of Object.entries(fields)) form.append(made("input", "", { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}

const WAITS = {
  "": () => ["It is being sent now."],
  offline: (queue) => [
    "There is no connection. It is kept in this browser and sent by itself as soon as there is one.",
    button("Send now", () => queue.send()),
  ],
  signed_out: (queue) => [
    "You were signed out. It is kept in this browser and saved when you have signed in.",
    link("Sign in", `${queue.signIn}?next=${encodeURIComponent(here())}`),
  ],
  page_too_old: () => ["This page is too old to save from. Load it again, then it is saved.", link("Load this page again", here())],
  server_down: (queue) => [
    "The server does not answer as it should. It is kept in this browser and sent again by itself.",
    button("Send now", () => queue.send()),
  ],
};

function waiting(queue, entries) {
  const box = made("div", "", { className: "notice" });
  const [why, way] = (WAITS[queue.reason] ?? WAITS.server_down)(queue);
  box.append(made("p", `Not saved yet: ${entries.map((entry) => entry.said).join("; ")}. ${why}`));
  if (way) box.append(way);
  return box;
}

function conflict(queue, entry) {
  const box = made("div", "", { className: "notice today" });
  const { stored, sent } = entry.words;
  box.append(
    made("p", `${entry.said}: two different answers`, { className: "when" }),
    made("p", `Stored from another phone or tab: ${stored}. From here: ${sent}.`),
    button(`Keep ${stored}`, () => queue.drop(entry.key)),
    button(`Take ${sent}`, () => {
      const fields = queue.insist(entry);
      if (fields) sendPlainly(entry.url, { ...fields, csrfmiddlewaretoken: queue.token });
    }),
  );
  return box;
}

function refused(queue, entry) {
  const box = made("div", "", { className: "notice today" });
  box.append(
    made("p", `${entry.said}: this could not be saved`, { className: "when" }),
    made("p", entry.why),
    button("Discard it", () => queue.drop(entry.key)),
  );
  return box;
}

function notices(queue) {
  const main = document.getElementById("main");
  // A screen reader reads out only what changes in a region that was there before.
  const told = made("p", "", { className: "hush" });
  told.setAttribute("aria-live", "polite");
  main.append(told);
  let shown = "";

  return () => {
    const isWorthAWord = ({ state, at }) => state !== "waiting" || queue.reason || Date.now() - at > SETTLE;
    const entries = queue.all().filter(isWorthAWord);
    const said = JSON.stringify([queue.reason, entries]);
    if (said === shown) return; // whoever stands on one of its buttons stays there
    shown = said;
    const pointer = document.querySelector("[data-unsaved]"); // where the person is, far below the notice
    if (pointer) pointer.hidden = !entries.length;
    told.textContent = entries.length ? "Not everything is saved yet. What to do stands at the top of the page." : "";
    const top = () => pointer?.parentElement.getBoundingClientRect().top ?? 0;
    const before = top();
    document.getElementById("not-saved")?.remove();
    if (entries.length) main.prepend(listed(entries));
    if (scrollY) scrollBy(0, top() - before); // what is in sight stays there
  };

  function listed(entries) {
    const box = made("section", "", { id: "not-saved", className: "wrap flow no-print" });
    box.setAttribute("aria-label", "Not saved yet");
    const waits = entries.filter((entry) => entry.state === "waiting");
    if (waits.length) box.append(waiting(queue, waits));
    for (const entry of entries) {
      if (entry.state === "conflict") box.append(conflict(queue, entry));
      if (entry.state === "refused") box.append(refused(queue, entry));
    }
    return box;
  }
}

// --- its start ---------------------------------------------------------------------------------------------------

function start({ person, csrf: token }) {
  let storage = null;
  try {
    storage = localStorage;
  } catch {
    // blocked: everything is then sent by the plain form
  }
  const queue = new Queue({ person, token, storage, fetch: (...sent) => fetch(...sent), now: Date.now, tell: () => notice() });
  const notice = notices(queue);
  queue.listen(window, document);
  setInterval(notice, SETTLE);
  setInterval(() => queue.all().length && queue.send(), RETRY);
  queue.send();
  for (const form of document.querySelectorAll("form[action$='/accounts/logout/']")) {
    form.addEventListener("submit", (event) => {
      const waits = queue.all().map((entry) => entry.said);
      const asks = `${waits.join("; ")}: not saved yet, and saved only while you are signed in. Sign out all the same?`;
      if (waits.length && !confirm(asks)) return event.preventDefault();
      // What waits outlives it, whoever signs in next; everything else that is kept here was the person's.
      for (const name of Object.keys(storage ?? {})) if (!name.startsWith("waiting-")) storage.removeItem(name);
    });
  }
  return queue;
}

export const queue = globalThis.document?.body.dataset.person ? start(document.body.dataset) : null;
