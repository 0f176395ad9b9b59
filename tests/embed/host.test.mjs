// embed.js: mounting, tokens, messages, the custom element, and both scripts together.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Clock, CONSOLE, OFFICE, reachable, settled } from "./dom.mjs";
import { framed } from "./frame.mjs";

const SRC = `${CONSOLE}/embed/1/embed.js`;

function office(more = {}) {
  const page = browser({ address: `${OFFICE}/settings?tab=hubrise#here`, clock: new Clock(), fetch: () => assert.fail(), ...more });
  page.run("embed.js", SRC);
  return { ...page, Passerelle: page.window.Passerelle };
}

/** A mounted console, the messages its frame got, and the frame's voice. */
function mounted(options = {}, page = office()) {
  const events = [];
  const place = page.document.createElement("div");
  page.body.append(place);
  let minted = 0;
  const console = page.Passerelle.mount(place, {
    vendor: "pos-helper",
    till: "caisse",
    token: () => `token.${++minted}.x`,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const { window } = console.iframe;
  let hellos = 0;
  const say = (data, { origin = CONSOLE, source = window } = {}) => page.hear({ data: { passerelle: 1, ...data }, origin, source });
  return {
    ...page,
    console,
    place,
    events,
    say,
    iframe: console.iframe,
    posted: window.posted,
    of: (type) => window.posted.filter(({ data }) => data.type === type),
    minted: () => minted,
    hello: async (id = `id-${++hellos}`) => (say({ type: "hello", vendor: "pos-helper", id }), settled()),
    event: (name, detail) => say({ type: "event", name, detail }),
  };
}

test("the iframe is as promised, styled without markup", () => {
  const { iframe, place } = mounted({ locale: "fr", theme: "dark", page: "stock" });
  assert.equal(place.children[0], iframe);
  assert.equal(iframe.src, `${CONSOLE}/pos-helper/caisse/stock#passerelle?locale=fr&theme=dark`);
  assert.deepEqual(iframe.style, { width: "100%", border: "0", display: "block", height: "480px" });
  assert.deepEqual([iframe.title, iframe.allow, iframe.referrerPolicy, iframe.sandbox], ["Connexion à HubRise", "clipboard-write", "no-referrer", undefined]);
  assert.equal(iframe.attributes.size, 0);
});

test("each page has its address", () => {
  const address = (options) => new URL(mounted(options).iframe.src);
  assert.equal(address({ page: "overview", till: undefined }).pathname, "/pos-helper");
  assert.equal(address({}).pathname, "/pos-helper/caisse");
  assert.equal(address({ page: "menu" }).pathname, "/pos-helper/caisse/menu");
  assert.equal(address({ base: "https://other.example/x" }).origin, "https://other.example");
  assert.equal(address({}).hash, "#passerelle?");
  assert.equal(address({}).search, "", "never a query");
});

test("says what is wrong with the options", () => {
  const page = office();
  const place = page.document.createElement("div");
  const wrong = (options, words) =>
    assert.throws(() => page.Passerelle.mount(place, { vendor: "v", till: "t", token: () => "", ...options }), words);
  assert.throws(() => page.Passerelle.mount("#here", {}), /element/);
  wrong({ vendor: "a/b" }, /vendor/);
  wrong({ vendor: undefined }, /vendor/);
  wrong({ till: "" }, /till/);
  wrong({ token: "a.b.c" }, /token/);
  wrong({ page: "desk" }, /page is one of overview, connection/);
  wrong({ theme: "pink" }, /theme is one of/);
  wrong({ locale: "de" }, /locale is one of/);
  assert.equal(place.children.length, 0);
  assert.deepEqual(page.listeners, []);
});

test("the token is asked for at mount already, and handed over at hello, to the console's origin", async () => {
  const host = mounted({ theme: "dark" });
  assert.equal(host.minted(), 1);
  await settled();
  assert.equal(host.posted.length, 0);
  await host.hello();
  const address = `${OFFICE}/settings?tab=hubrise#here`;
  assert.deepEqual(host.posted, [
    { data: { passerelle: 1, type: "token", token: "token.1.x", address, locale: undefined, theme: "dark" }, target: CONSOLE },
  ]);
  assert.equal(host.minted(), 1);
});

test("a repeated hello brings no second token, another page of the frame does", async () => {
  const host = mounted();
  await host.hello("a");
  await host.hello("a");
  assert.equal(host.of("token").length, 1);
  await host.hello("b");
  assert.deepEqual(host.of("token").map(({ data }) => data.token), ["token.1.x", "token.2.x"]);
});

test("a token that waited too long for its frame is replaced", async () => {
  const host = mounted();
  await host.clock.pass(250_000);
  await host.hello();
  assert.deepEqual(host.of("token").map(({ data }) => data.token), ["token.2.x"]);
});

test("hears its own frame alone", async () => {
  const host = mounted();
  const hello = { type: "hello", vendor: "pos-helper", id: "x" };
  host.say(hello, { origin: "https://elsewhere.example" });
  host.say(hello, { origin: OFFICE });
  host.say(hello, { source: {} });
  host.say(hello, { source: null });
  host.say({ ...hello, passerelle: "1" });
  host.say({ ...hello, vendor: 7 });
  for (const data of [null, "hello", 1, []]) host.hear({ data, origin: CONSOLE, source: host.iframe.window });
  await settled();
  assert.equal(host.posted.length, 0);
});

test("token() that throws, rejects or brings no string: the frame is told, and so is the host", async () => {
  const cause = new Error("the back office is down");
  const bad = [() => { throw cause; }, () => Promise.reject(cause), () => undefined, () => "", async () => ({ token: "x" })];
  for (const token of bad) {
    const host = mounted({ token });
    await host.hello();
    assert.deepEqual(host.posted.map(({ data }) => data), [{ passerelle: 1, type: "no-token" }]);
    const [{ name, detail }] = host.events;
    assert.deepEqual([name, detail.code, detail.request_id], ["error", "host_no_token", ""]);
    assert.ok(detail.cause instanceof Error || detail.cause.name === "TypeError");
    await host.clock.pass(60_000);
  }
});

test("token() has 20 s; what comes later is dropped", async () => {
  let bring;
  const host = mounted({ token: () => new Promise((done) => (bring = done)) });
  await host.hello();
  await host.clock.pass(19_900);
  assert.equal(host.posted.length, 0);
  await host.clock.pass(200);
  assert.deepEqual(host.posted.map(({ data }) => data.type), ["no-token"]);
  bring("late.token.x");
  await settled();
  assert.equal(host.posted.length, 1);
  assert.deepEqual(host.events.map(({ detail }) => detail.code), ["host_no_token"]);
});

test("a slow token is handed over as soon as it is there", async () => {
  let bring;
  const host = mounted({ token: () => new Promise((done) => (bring = done)) });
  await host.hello();
  await host.clock.pass(12_000);
  bring("slow.token.x");
  await settled();
  assert.equal(host.of("token")[0].data.token, "slow.token.x");
});

test("renew brings another token", async () => {
  const host = mounted();
  await host.hello();
  host.say({ type: "renew" });
  await settled();
  assert.deepEqual(host.of("token").map(({ data }) => data.token), ["token.1.x", "token.2.x"]);
});

test("the height follows the frame, between 120 and what the host allows", async () => {
  const host = mounted({ maxHeight: 900 });
  const after = (height) => (host.say({ type: "size", height }), host.iframe.style.height);
  assert.equal(after(613), "613px");
  assert.equal(after(20), "120px");
  assert.equal(after(5000), "900px");
  for (const wrong of [-1, 1.5, NaN, Infinity, "700", null, 1e9]) assert.equal(after(wrong), "900px");
});

test("mounted again, a page begins at the height it had", async () => {
  const page = office();
  const first = mounted({}, page);
  first.say({ type: "size", height: 700 });
  first.console.destroy();
  assert.equal(mounted({}, page).iframe.style.height, "700px");
  assert.equal(mounted({ page: "stock" }, page).iframe.style.height, "480px");
});

test("scroll brings the frame's top into view only if it is above", () => {
  const host = mounted();
  host.say({ type: "scroll" });
  assert.equal(host.iframe.scrolled, 0);
  host.iframe.top = -50;
  host.say({ type: "scroll" });
  assert.equal(host.iframe.scrolled, 1);
});

test("events come as a name and a detail with what is known of them, and nothing else", async () => {
  const host = mounted();
  host.event("ready", { page: "connection", secret: 1 });
  host.event("error", { code: "internal", request_id: "r" });
  host.event("navigate", { path: "/pos-helper" });
  for (const name of ["constructor", "toString", "__proto__", "other", ["ready"], 1, null]) host.event(name, { page: "x" });
  host.event("ready", { page: 1 });
  host.event("ready", null);
  host.event("error", { code: "x" });
  await settled();
  assert.deepEqual(JSON.parse(JSON.stringify(host.events)), [
    { name: "ready", detail: { page: "connection" } },
    { name: "error", detail: { code: "internal", request_id: "r" } },
    { name: "navigate", detail: { path: "/pos-helper" } },
  ]);
});

test("how a till stands is told when it is new, though every page of the frame tells it", async () => {
  const host = mounted();
  host.event("disconnected", { till: "caisse" });
  host.event("connected", { till: "caisse" });
  host.event("connected", { till: "caisse" });
  host.event("needs-attention", { till: "caisse", health: "blocked" });
  host.event("needs-attention", { till: "caisse", health: "revoked" });
  host.event("connected", { till: "comptoir" });
  host.event("disconnected", { till: "caisse" });
  host.event("disconnected", { till: "caisse" });
  await settled();
  assert.deepEqual(
    host.events.map(({ name, detail }) => `${name} ${detail.till} ${detail.health ?? ""}`.trim()),
    ["connected caisse", "needs-attention caisse blocked", "needs-attention caisse revoked", "connected comptoir", "disconnected caisse"],
  );
});

test("what the host wants before the frame can hear it is said when it can", async () => {
  const host = mounted();
  host.console.setTheme("light");
  host.console.open("stock");
  await host.hello();
  assert.deepEqual(host.posted.map(({ data }) => data.type), ["token"]);
  host.console.setLocale("en");
  host.event("ready", { page: "connection" });
  host.console.open("menu", "comptoir");
  host.console.focus();
  const [, ...said] = host.posted.map(({ data: { passerelle, ...rest } }) => rest);
  assert.deepEqual(said, [
    { type: "set-theme", theme: "light" },
    { type: "open", page: "stock", till: "caisse" },
    { type: "set-locale", locale: "en" },
    { type: "open", page: "menu", till: "comptoir" },
    { type: "focus" },
  ]);
  assert.equal(host.iframe.focused, true);
  assert.throws(() => host.console.setTheme("pink"));
  assert.throws(() => host.console.open("desk"));
});

test("destroy says end, leaves no element, listener or timer, and is done only once", async () => {
  const page = office();
  const before = page.listeners.length;
  const host = mounted({ token: () => new Promise(() => {}) }, page);
  const other = mounted({}, page);
  await host.hello();
  host.console.destroy();
  host.console.destroy();
  assert.deepEqual(host.posted.map(({ data, target }) => [data.type, target]), [["end", CONSOLE]]);
  assert.equal(host.iframe.style.display, "none");
  await page.clock.pass(200);
  assert.equal(host.place.children.length, 0);
  host.event("ready", { page: "connection" });
  await host.hello();
  assert.equal(host.posted.length, 1);
  assert.equal(host.events.length, 0);
  await other.hello();
  assert.equal(other.of("token").length, 1);
  other.console.destroy();
  await page.clock.pass(200);
  assert.equal(page.listeners.length, before);
  assert.equal(page.clock.timers.size, 0);
});

test("a token that comes after destroy goes nowhere", async () => {
  let bring;
  const host = mounted({ token: () => new Promise((done) => (bring = done)) });
  await host.hello();
  host.console.destroy();
  bring("a.b.c");
  await settled();
  assert.deepEqual(host.posted.map(({ data }) => data.type), ["end"]);
});

test("two on a page do not hear each other", async () => {
  const page = office();
  const [one, two] = [mounted({}, page), mounted({ till: "comptoir" }, page)];
  await one.hello();
  two.say({ type: "size", height: 300 });
  two.event("ready", { page: "connection" });
  await settled();
  assert.deepEqual([one.posted.length, two.posted.length], [1, 0]);
  assert.deepEqual([one.iframe.style.height, two.iframe.style.height], ["480px", "300px"]);
  assert.deepEqual([one.events.length, two.events.length], [0, 1]);
});

test("loaded twice, the first stays", () => {
  const page = office();
  const { Passerelle } = page.window;
  page.run("embed.js", SRC);
  assert.equal(page.window.Passerelle, Passerelle);
});

test("no token can be reached from the host's window", async () => {
  const host = mounted({ token: async () => "s3cret.token.x" });
  await host.hello();
  const { posted, ...iframe } = host.iframe.window;
  host.iframe.window.posted = [];
  assert.ok(posted.some(({ data }) => data.token === "s3cret.token.x"));
  assert.deepEqual(reachable([host.window, host.console, iframe, host.seen]).filter((text) => text.includes("s3cret")), []);
});

function element(attributes, page = office()) {
  const made = page.document.createElement("passerelle-console");
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  const events = [];
  for (const name of ["ready", "connected", "disconnected", "needs-attention", "error", "navigate"])
    made.addEventListener(`passerelle-${name}`, (event) => events.push([event.type, event.detail, event.bubbles]));
  page.body.append(made);
  return { ...page, made, events };
}

test("the element mounts what its attributes say, and tells its events", async () => {
  const page = element({ vendor: "pos-helper", till: "caisse", page: "stock", locale: "fr", theme: "dark" });
  page.made.token = async () => "own.token.x";
  await settled();
  const [iframe] = page.made.children;
  assert.equal(iframe.src, `${CONSOLE}/pos-helper/caisse/stock#passerelle?locale=fr&theme=dark`);
  page.hear({ data: { passerelle: 1, type: "hello", vendor: "pos-helper", id: "x" }, origin: CONSOLE, source: iframe.window });
  page.hear({ data: { passerelle: 1, type: "event", name: "ready", detail: { page: "stock" } }, origin: CONSOLE, source: iframe.window });
  await settled();
  assert.equal(iframe.window.posted[0].data.token, "own.token.x");
  assert.deepEqual(JSON.parse(JSON.stringify(page.events)), [["passerelle-ready", { page: "stock" }, true]]);
});

test("token-url is asked by POST with the host's own cookies", async () => {
  const asked = [];
  const fetch = async (request) => {
    asked.push([request.method, request.url, request.credentials]);
    return asked.length === 1 ? Response.json({ token: "url.token.x" }) : new Response("", { status: 403 });
  };
  const page = element({ vendor: "v", till: "t", "token-url": "/hubrise/token" }, office({ fetch }));
  await settled();
  const [iframe] = page.made.children;
  const hello = (id) => page.hear({ data: { passerelle: 1, type: "hello", vendor: "v", id }, origin: CONSOLE, source: iframe.window });
  hello("a");
  await settled();
  assert.deepEqual(asked, [["POST", `${OFFICE}/hubrise/token`, "same-origin"]]);
  assert.equal(iframe.window.posted[0].data.token, "url.token.x");
  hello("b");
  await settled();
  assert.equal(iframe.window.posted[1].data.type, "no-token");
  assert.match(page.events[0][1].cause.message, /403/);
});

test("changed attributes are followed: appearance and page in place, the rest by another frame", async () => {
  const page = element({ vendor: "v", till: "t" });
  page.made.token = "a.b.c";
  await settled();
  const [iframe] = page.made.children;
  const say = (message) => page.hear({ data: { passerelle: 1, ...message }, origin: CONSOLE, source: iframe.window });
  say({ type: "hello", vendor: "v", id: "x" });
  say({ type: "event", name: "ready", detail: { page: "connection" } });
  page.made.setAttribute("theme", "dark");
  page.made.setAttribute("locale", "en");
  page.made.setAttribute("page", "stock");
  page.made.setAttribute("till", "u");
  page.made.setAttribute("till", "u");
  await settled();
  page.made.removeAttribute("theme");
  await settled();
  const said = iframe.window.posted.filter(({ data }) => data.type !== "token").map(({ data: { passerelle, ...rest } }) => rest);
  assert.deepEqual(said, [
    { type: "set-theme", theme: "dark" },
    { type: "set-locale", locale: "en" },
    { type: "open", page: "stock", till: "u" },
    { type: "set-theme", theme: "auto" },
  ]);
  assert.deepEqual(page.made.children, [iframe]);
  page.made.setAttribute("vendor", "w");
  await settled();
  await page.clock.pass(200);
  assert.equal(page.made.children.length, 1);
  assert.match(page.made.children[0].src, /\/w\/u\/stock#/);
});

test("taken out of the page, the element ends its console; put back, it begins another", async () => {
  const page = element({ vendor: "v", till: "t" });
  page.made.token = "a.b.c";
  await settled();
  const [iframe] = page.made.children;
  page.made.remove();
  assert.equal(iframe.window.posted.at(-1).data.type, "end");
  await page.clock.pass(200);
  assert.equal(page.made.children.length, 0);
  page.body.append(page.made);
  await settled();
  assert.equal(page.made.children.length, 1);
});

test("both scripts together: from mount to renewal to the end", async () => {
  const host = mounted({ token: () => "aGVhZA.Ym9keQ.c2ln" });
  const frame = await framed({ hash: new URL(host.iframe.src).hash });
  // What each says the other hears, as a browser would deliver it.
  const carry = async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      for (const { target, ...data } of frame.told.splice(0)) {
        assert.ok(target === "*" ? ["hello", "size"].includes(data.type) : target === OFFICE, data.type);
        host.hear({ data, origin: CONSOLE, source: host.iframe.window });
      }
      await settled();
      for (const { data, target } of host.posted.splice(0)) {
        assert.equal(target, CONSOLE);
        frame.hear({ data, origin: OFFICE, source: frame.parent });
      }
      await settled();
    }
  };
  await carry();
  frame.load().elements.ready = {};
  frame.mutate();
  frame.grow(640);
  await frame.clock.pass(100);
  await frame.window.fetch("/api/v1/vendors/pos-helper/tills/caisse/status");
  await carry();
  assert.equal(host.iframe.style.height, "640px");
  assert.deepEqual(host.events.map(({ name }) => name), ["ready"]);
  host.console.setTheme("dark");
  await carry();
  assert.equal(frame.root.dataset.theme, "dark");
  await frame.clock.pass(840_000);
  await carry();
  assert.equal(frame.called("POST /api/v1/embed/sessions").length, 2);
  host.console.destroy();
  await carry();
  assert.equal(frame.called("DELETE /api/v1/session")[0].bearer, "Bearer pes_secret_2");
});
