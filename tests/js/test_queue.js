// The queue of what waits to be saved, without a browser: node --test tests/js/

import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";

import { Queue, newKey } from "../../static/js/queue.js";

globalThis.crypto ??= webcrypto; // Debian 12's Node 18 has it under another name

// What localStorage does, for as many tabs as share it.
class Storage {
  items = new Map();
  isFull = false;
  get length() { return this.items.size; }
  key(at) { return [...this.items.keys()][at]; }
  getItem(name) { return this.items.get(name) ?? null; }
  removeItem(name) { this.items.delete(name); }
  setItem(name, text) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.items.set(name, String(text));
  }
}

const json = (status, told = {}) =>
  new Response(JSON.stringify(told), { status, headers: { "Content-Type": "application/json" } });
const html = (status) => new Response("<p>", { status: status, headers: { "Content-Type": "text/html" } });
const stored = () => json(200, { stored: { repetitions: 8, revision: 1 } });

// A tab: its queue, what it sent, and how often it told the page. `answers` are given in turn, the last one for good.
function tab({ answers = [stored], storage = new Storage(), person = "1" } = {}) {
  const sent = [];
  const found = { sent, storage, told: 0, clock: 1_000_000, answers };
  found.queue = new Queue({
    person,
    token: "the token",
    storage,
    now: () => found.clock,
    tell: () => { found.told += 1; },
    fetch: async (url, { body, headers }) => {
      sent.push({ url, headers, ...Object.fromEntries(body) });
      const answer = found.answers.length > 1 ? found.answers.shift() : found.answers[0];
      return answer();
    },
  });
  return found;
}

const aSet = (key, fields = {}) => ({
  key,
  url: "/workouts/2026-11-24/1/bridge/",
  about: `/workouts/2026-11-24/1/bridge/${key}/`,
  fields: { client_key: key, repetitions: "8", ...fields },
  said: `Bridge, ${key}`,
});
const noNetwork = () => { throw new TypeError("Failed to fetch"); };
const keys = ({ queue }) => queue.all().map((entry) => entry.key);
const states = ({ queue }) => queue.all().map((entry) => entry.state);

// Sends all there is and lets everything that follows from it happen.
async function settled(one) {
  await one.queue.send();
  await new Promise((resolve) => { setImmediate(resolve); });
}

test("an empty queue sends nothing, and still sends what is added after it was asked", async () => {
  const one = tab();
  for (let times = 0; times < 3; times += 1) await settled(one);
  assert.deepEqual(one.sent, []);

  one.queue.add(aSet("a"));
  await settled(one);

  assert.deepEqual(one.sent.map((sent) => sent.client_key), ["a"]);
  assert.deepEqual(keys(one), []);
});

test("an entry is stored before it is sent and leaves when it is acknowledged", async () => {
  const one = tab();

  assert.equal(one.queue.add(aSet("a")), true);
  assert.deepEqual([keys(one), one.sent], [["a"], []]);
  await settled(one);

  assert.deepEqual(keys(one), []);
  assert.equal(one.sent[0].url, "/workouts/2026-11-24/1/bridge/");
  assert.equal(one.sent[0].headers.Accept, "application/json");
  assert.equal(one.sent[0].csrfmiddlewaretoken, "the token");
  assert.equal(one.queue.reason, "");
});

test("a set that another tab stored with equal values under another key is acknowledged", async () => {
  const one = tab({ answers: [() => json(200, { stored: { repetitions: 8, revision: 3 } })] });

  one.queue.add(aSet("a"));
  await settled(one);

  assert.deepEqual(keys(one), []);
});

test("what was done earlier is sent with its age, also when the clock was set back meanwhile", async () => {
  const one = tab({ answers: [noNetwork, noNetwork, stored] });
  one.queue.add(aSet("a"));
  await settled(one);

  one.clock += 90_400;
  await settled(one);
  one.clock -= 3_600_000;
  await settled(one);

  assert.deepEqual(one.sent.map((sent) => sent.seconds_ago), ["0", "90", "0"]);
});

test("409 keeps both and waits for the person, who takes what is stored", async () => {
  const told = { stored: { repetitions: 8, revision: 2 }, words: { stored: "8 repetitions", sent: "6 repetitions" } };
  const one = tab({ answers: [() => json(409, told)] });
  one.queue.add(aSet("a"));
  await settled(one);
  await settled(one);

  assert.deepEqual(states(one), ["conflict"]);
  assert.deepEqual(one.queue.all()[0].words, told.words);
  assert.equal(one.sent.length, 1);

  one.queue.drop("a");
  assert.deepEqual(keys(one), []);
});

test("after 409 what is from here can take the place of what is stored, as a new write", async () => {
  const told = { stored: { repetitions: 8, revision: 2 }, words: { stored: "8", sent: "6" } };
  const one = tab({ answers: [() => json(409, told), stored] });
  one.queue.add(aSet("a", { repetitions: "6", revision: "0" }));
  await settled(one);

  one.queue.insist(one.queue.all()[0]);
  await settled(one);

  assert.equal(one.sent[1].repetitions, "6");
  assert.equal(one.sent[1].revision, "2");
  assert.notEqual(one.sent[1].client_key, "a");
  assert.deepEqual(keys(one), []);
});

for (const [reason, answer] of [
  ["signed_out", () => json(403, { reason: "signed_out", sign_in: "/accounts/login/" })],
  ["page_too_old", () => json(403, { reason: "page_too_old" })],
  ["offline", noNetwork],
  ["offline", () => html(200)], // the sign-in page of a café's network
  ["offline", () => ({ ok: false, status: 0, type: "opaqueredirect", headers: new Headers() })],
  ["offline", () => new Response("{", { headers: { "Content-Type": "application/json" } })], // torn off
]) {
  test(`${reason}: everything waits, and no more than one is tried`, async () => {
    const one = tab({ answers: [answer] });
    one.queue.add(aSet("a"));
    one.queue.add(aSet("b"));
    await settled(one);

    assert.equal(one.queue.reason, reason);
    assert.deepEqual(states(one), ["waiting", "waiting"]);
    assert.equal(one.sent.length, 1);
    assert.ok(one.told > 0);

    one.answers = [stored];
    await settled(one);
    assert.deepEqual([keys(one), one.queue.reason], [[], ""]);
  });
}

test("where to sign in is what the server said", async () => {
  const one = tab({ answers: [() => json(403, { reason: "signed_out", sign_in: "/accounts/login/" })] });
  one.queue.add(aSet("a"));
  await settled(one);

  assert.equal(one.queue.signIn, "/accounts/login/");
});

for (const status of [500, 502, 503, 429]) {
  test(`${status}: it waits, and holds up nothing but what tells of the same set`, async () => {
    const one = tab({ answers: [() => html(status), stored] });
    one.queue.add(aSet("a"));
    one.queue.add({ ...aSet("a2"), about: aSet("a").about });
    one.queue.add(aSet("b"));
    await settled(one);

    assert.deepEqual(keys(one), ["a", "a2"]);
    assert.equal(one.queue.reason, "server_down");
    await settled(one);
    assert.deepEqual(one.sent.map((sent) => sent.client_key), ["a", "b", "a", "a2"]);
  });
}

test("422 is refused with the reason, is not sent again, and holds up no other", async () => {
  const one = tab({ answers: [() => json(422, { errors: ["Write a whole number.", "Send it once more."] }), stored] });
  one.queue.add(aSet("a"));
  one.queue.add(aSet("b"));
  await settled(one);
  await settled(one);

  assert.deepEqual(states(one), ["refused"]);
  assert.equal(one.queue.all()[0].why, "Write a whole number. Send it once more.");
  assert.deepEqual(one.sent.map((sent) => sent.client_key), ["a", "b"]);
});

for (const [status, why] of [
  [404, "This workout is no longer there."],
  [400, "The server did not take it (400)."],
  [413, "The server did not take it (413)."],
  [403, "The server did not take it (403)."], // without a reason: not from this server
]) {
  test(`${status} is refused in words and does not wait for ever`, async () => {
    const one = tab({ answers: [() => html(status)] });
    one.queue.add(aSet("a"));
    await settled(one);

    assert.deepEqual(one.queue.all().map((entry) => [entry.state, entry.why]), [["refused", why]]);
  });
}

test("where the browser refuses to store, nothing is taken and nothing is sent", async () => {
  const full = tab();
  full.storage.isFull = true;
  const blocked = tab({ storage: null });

  for (const one of [full, blocked]) {
    assert.equal(one.queue.add(aSet("a")), false);
    await settled(one);
    assert.deepEqual([keys(one), one.sent], [[], []]);
  }
});

test("a storage that fills up later neither loses nor doubles what waits", async () => {
  const told = { stored: { repetitions: 8, revision: 1 }, words: { stored: "8", sent: "6" } };
  const one = tab({ answers: [() => json(409, told)] });
  one.queue.add(aSet("a"));
  one.storage.isFull = true;
  await settled(one);

  one.queue.insist(one.queue.all()[0]);
  assert.deepEqual(keys(one), ["a"]);
});

for (const isFullBefore of [true, false]) {
  test(`with a full storage what is from here is handed to a plain form (full before the conflict: ${isFullBefore})`, async () => {
    const told = { stored: { repetitions: 8, revision: 2 }, words: { stored: "8", sent: "6" } };
    const one = tab({ answers: [() => json(409, told), stored] });
    one.queue.add(aSet("a", { repetitions: "6", revision: "0" }));
    one.storage.isFull = isFullBefore;
    await settled(one);
    one.storage.isFull = true;

    const { client_key: anew, ...fields } = one.queue.insist(one.queue.all()[0]);

    assert.deepEqual(fields, { repetitions: "6", revision: 2 });
    assert.notEqual(anew, "a");
    assert.deepEqual(states(one), ["waiting"]); // the form may not arrive
    await settled(one);
    assert.deepEqual([keys(one), one.sent.length], [[], 2]); // it did: what waited is equal now
  });
}

test("a conflict or a refusal for which the storage has no room is kept for this page, and not sent again", async () => {
  const told = { stored: { repetitions: 8, revision: 1 }, words: { stored: "8", sent: "6" } };
  const one = tab({ answers: [() => json(409, told), () => json(422, { errors: ["Too many."] })] });
  one.queue.add(aSet("a"));
  one.queue.add(aSet("b"));
  one.storage.isFull = true;
  await settled(one);
  await settled(one);

  assert.deepEqual(states(one), ["conflict", "refused"]);
  assert.deepEqual([one.queue.all()[0].words, one.queue.all()[1].why], [told.words, "Too many."]);
  assert.equal(one.sent.length, 2);

  one.queue.drop("a");
  assert.deepEqual(keys(one), ["b"]);
});

test("a set that an equal one stands for is taken away by the key under which it is stored", async () => {
  const equal = () => json(200, { stored: { repetitions: 8, revision: 1, client_key: "the other tab's" } });
  const one = tab({ answers: [equal, () => json(200, { removed: true })] });
  one.queue.add(aSet("a"));
  const removal = { key: "gone", url: `${aSet("a").about}remove/`, about: aSet("a").about, said: "taken away" };
  one.queue.add({ ...removal, fields: { client_key: "a" } }); // said before the answer has come
  await settled(one);

  assert.equal(one.sent[1].client_key, "the other tab's");
  assert.equal(one.queue.keyOf("a"), "the other tab's");
  assert.equal(one.queue.keyOf("b"), "b");
});

test("what the server took since the page was loaded is remembered, and nothing else", async () => {
  const one = tab({ answers: [stored, () => html(404)] });
  one.queue.add(aSet("a"));
  one.queue.add(aSet("b"));
  await settled(one);

  assert.deepEqual(one.queue.acknowledged.map((entry) => [entry.about, entry.told.stored.revision]), [[aSet("a").about, 1]]);
});

test("a set that was taken away meanwhile is forgotten", async () => {
  const one = tab({ answers: [() => json(200, { removed: true })] });
  one.queue.add(aSet("a"));
  await settled(one);

  assert.deepEqual(keys(one), []);
});

test("two sends at once are one", async () => {
  const one = tab();
  one.queue.add(aSet("a"));

  await Promise.all([one.queue.send(), one.queue.send(), settled(one)]);

  assert.equal(one.sent.length, 1);
});

test("what is added while another is being sent follows at once, in its order", async () => {
  const one = tab();
  one.answers = [() => { one.queue.add(aSet("b")); return stored(); }, stored];
  one.queue.add(aSet("a"));
  await settled(one);

  assert.deepEqual(one.sent.map((sent) => sent.client_key), ["a", "b"]);
  assert.deepEqual(keys(one), []);
});

test("two tabs share what waits, and neither brings back what the other has sent or dropped", async () => {
  const storage = new Storage();
  const one = tab({ storage, answers: [noNetwork] });
  const told = { stored: { repetitions: 8, revision: 1 }, words: { stored: "8", sent: "6" } };
  const other = tab({ storage, answers: [() => { one.queue.drop("a"); return json(409, told); }, stored] });
  one.queue.add(aSet("a"));
  await settled(one);
  other.queue.add(aSet("b"));
  await settled(other);

  assert.deepEqual(other.sent.map((sent) => sent.client_key), ["a", "b"]);
  assert.deepEqual([keys(one), keys(other)], [[], []]);
});

test("the next person on this phone sends nothing of the last one's", async () => {
  const storage = new Storage();
  const one = tab({ storage, answers: [noNetwork] });
  one.queue.add(aSet("a"));
  await settled(one);

  const next = tab({ storage, person: "11" });
  await settled(next);

  assert.deepEqual([next.sent, keys(next), keys(one)], [[], [], ["a"]]);
});

test("coming back sends, whatever comes first", async () => {
  const names = ["online", "visibilitychange", "pageshow"];
  const orders = names.flatMap((a) => names.flatMap((b) => names.map((c) => [a, b, c])));
  for (const order of orders) {
    const one = tab();
    const [window, document] = [new EventTarget(), new EventTarget()];
    document.hidden = false;
    one.queue.listen(window, document);
    for (const name of order) {
      (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name)); // nothing waits yet
      await settled(one);
    }
    one.answers = [noNetwork];
    one.queue.add(aSet("a"));
    await settled(one);
    one.answers = [stored];
    for (const name of order) (name === "visibilitychange" ? document : window).dispatchEvent(new Event(name));
    await new Promise((resolve) => { setImmediate(resolve); });

    assert.deepEqual([order, keys(one)], [order, []]);
    assert.equal(one.sent.length, 2, order.join());
  }
});

test("a page that is hidden sends nothing by being hidden, and another tab's news are told", async () => {
  const one = tab();
  const [window, document] = [new EventTarget(), new EventTarget()];
  document.hidden = true;
  one.queue.listen(window, document);
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise((resolve) => { setImmediate(resolve); });
  const before = one.told;
  window.dispatchEvent(new Event("storage"));

  assert.deepEqual([before, one.told], [0, 1]);
});

test("a key is a random UUID, also over plain http", () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const { randomUUID } = crypto;
  assert.match(newKey(), pattern);
  crypto.randomUUID = undefined;
  assert.match(newKey(), pattern);
  crypto.randomUUID = randomUUID;
});
