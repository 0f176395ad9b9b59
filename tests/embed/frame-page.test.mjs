// frame.js: streams, what it tells the host of the page, links, and the window for HubRise.

import assert from "node:assert/strict";
import { test } from "node:test";

import { OFFICE, settled } from "./dom.mjs";
import { ADDRESS, framed, json, problem, TOKEN } from "./frame.mjs";

const EVENTS = "/api/v1/vendors/pos-helper/tills/caisse/events";
const STATUS = "/api/v1/vendors/pos-helper/tills/caisse/status";

/** A stream whose bytes come when the test says so. */
function stream(headers = { "content-type": "text/event-stream" }, status = 200) {
  let controller;
  const body = new ReadableStream({ start: (given) => void (controller = given) });
  const encode = new TextEncoder();
  return {
    answer: () => new Response(body, { status, headers }),
    push: async (...parts) => {
      for (const part of parts) {
        controller.enqueue(typeof part === "string" ? encode.encode(part) : part);
        await settled();
      }
    },
    end: async () => (controller.close(), settled()),
    break: async () => (controller.error(new TypeError("network")), settled()),
  };
}

/** A frame with an open EventSource, and what it heard. */
async function listening(...streams) {
  const given = [...streams];
  const frame = await (await framed({ routes: { [`GET ${EVENTS}`]: () => given.shift().answer() } })).pinned();
  const source = new frame.window.EventSource(EVENTS);
  const heard = [];
  for (const type of ["open", "changed", "message", "error"])
    source.addEventListener(type, (event) => heard.push(event.data === undefined ? `${type} ${source.readyState}` : [type, event.data]));
  await settled();
  return { frame, source, heard };
}

test("a stream is asked for with the bearer and says when it stands", async () => {
  const one = stream();
  const { frame, source, heard } = await listening(one);
  const [call] = frame.called(`GET ${EVENTS}`);
  assert.equal(call.bearer, "Bearer pes_secret_1");
  assert.equal(call.request.headers.get("accept"), "text/event-stream");
  assert.equal(source.url, `https://console.example${EVENTS}`);
  assert.deepEqual(heard, ["open 1"]);
});

test("events are put together wherever the network cuts them, whatever ends their lines", async () => {
  const check = async (...parts) => {
    const one = stream();
    const { heard } = await listening(one);
    await one.push(...parts);
    assert.deepEqual(heard.slice(1), [["changed", "é\n1"], ["message", "2"]], JSON.stringify(parts));
  };
  const text = ": a comment\nevent: changed\ndata: é\ndata:1\n\ndata: 2\nid: 7\nunknown\n\nevent: changed\n\ndata: cut off";
  for (const whole of [text, text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r")]) {
    await check(whole);
    const bytes = new TextEncoder().encode(whole);
    await check(...[...bytes].map((byte) => Uint8Array.of(byte)));
    for (let at = 1; at < bytes.length; at += 7) await check(bytes.slice(0, at), bytes.slice(at));
  }
});

test("a stream that ends or breaks is opened again, after as long as the server says", async () => {
  const [one, two, three] = [stream(), stream(), stream()];
  const { frame, source, heard } = await listening(one, two, three);
  await one.end();
  assert.deepEqual(heard, ["open 1", "error 0"]);
  await frame.clock.pass(2999);
  assert.equal(frame.called(`GET ${EVENTS}`).length, 1);
  await frame.clock.pass(1);
  assert.equal(source.readyState, 1);
  await two.push("retry: 500\nretry: soon\n\n");
  await two.break();
  await frame.clock.pass(500);
  assert.deepEqual(heard, ["open 1", "error 0", "open 1", "error 0", "open 1"]);
});

test("a closed stream is let go, heard no more and not opened again", async () => {
  const one = stream();
  const { frame, source, heard } = await listening(one);
  source.close();
  assert.equal(source.readyState, 2);
  assert.equal(frame.called(`GET ${EVENTS}`)[0].request.signal.aborted, true);
  await one.push("event: changed\ndata: 1\n\n");
  await frame.clock.pass(60_000);
  assert.deepEqual(heard, ["open 1"]);
  assert.equal(frame.called(`GET ${EVENTS}`).length, 1);
});

test("closed while it waits to be opened again, it stays closed", async () => {
  const one = stream();
  const { frame, source } = await listening(one);
  source.addEventListener("error", () => source.close());
  await one.end();
  await frame.clock.pass(60_000);
  assert.equal(frame.called(`GET ${EVENTS}`).length, 1);
});

test("an answer that is no stream ends it for good, as in a browser", async () => {
  for (const bad of [stream({ "content-type": "text/html" }), stream(undefined, 404)]) {
    const { frame, heard } = await listening(bad);
    assert.deepEqual(heard, ["error 2"]);
    await frame.clock.pass(60_000);
    assert.equal(frame.called(`GET ${EVENTS}`).length, 1);
  }
});

test("a page that is shown is told once, and so is each next one", async () => {
  const frame = (await framed()).load();
  await frame.pinned();
  frame.mutate();
  assert.equal(frame.events("ready").length, 0);
  frame.elements.ready = {};
  frame.mutate();
  frame.mutate();
  assert.deepEqual(frame.events().map(({ name, detail }) => [name, detail]), [["ready", { page: "connection" }]]);
  frame.url.pathname = "/pos-helper/caisse/operations/8";
  frame.elements.ready = null;
  frame.mutate();
  frame.elements.ready = {};
  frame.mutate();
  assert.deepEqual(
    frame.events().slice(1).map(({ name, detail }) => [name, detail]),
    [["navigate", { path: "/pos-helper/caisse/operations/8" }], ["ready", { page: "operations" }]],
  );
  assert.equal(frame.of("scroll").length, 1);
});

test("a page the frame loaded by itself tells that it navigated, once there is a host to tell", async () => {
  const frame = (await framed({ path: "/pos-helper", hash: "" })).load();
  assert.equal(frame.events().length, 0);
  await frame.pinned();
  assert.deepEqual(frame.events("navigate")[0].detail, { path: "/pos-helper" });
  assert.equal(frame.events("navigate")[0].target, OFFICE);
  frame.elements.ready = {};
  frame.mutate();
  assert.deepEqual(frame.events("ready")[0].detail, { page: "overview" });
});

test("how a till stands is told when it is first known and when it changes", async () => {
  let connection = null;
  let known;
  const frame = await (await framed({ routes: { [`GET ${STATUS}`]: () => json({ connection, known }) } })).pinned();
  const told = async (state, health, open = true) => {
    connection = open ? { state, health: { state: health } } : null;
    const before = frame.events().length;
    await frame.window.fetch(STATUS);
    await settled();
    return frame.events().slice(before).map(({ name, detail }) => ({ name, ...detail }));
  };
  assert.deepEqual(await told("", "", false), [{ name: "disconnected", till: "caisse" }]);
  assert.deepEqual(await told("choosing", "ok"), []);
  assert.deepEqual(await told("connected", "unknown"), [{ name: "connected", till: "caisse" }]);
  assert.deepEqual(await told("connected", "ok"), []);
  assert.deepEqual(await told("connected", "hubrise_down"), [], "passes by itself");
  assert.deepEqual(await told("connected", "blocked"), [{ name: "needs-attention", till: "caisse", health: "blocked" }]);
  assert.deepEqual(await told("connected", "blocked"), []);
  assert.deepEqual(await told("connected", "revoked"), [{ name: "needs-attention", till: "caisse", health: "revoked" }]);
  known = "c1";
  assert.deepEqual(await told("", "", false), [], "a right that ran out");
  known = null;
  assert.deepEqual(await told("", "", false), [{ name: "disconnected", till: "caisse" }]);
});

test("failures of the server are told, refusals are the page's own affair", async () => {
  const frame = await (await framed()).pinned();
  for (const [status, code] of [[500, "internal"], [503, "database_unavailable"], [404, "not_found"], [401, "embed_token_rejected"]]) {
    frame.routes["GET /api/v1/x"] = () => problem(status, code);
    await frame.window.fetch("/api/v1/x");
  }
  frame.routes["GET /api/v1/x"] = () => new Response("<h1>Bad gateway", { status: 502 });
  assert.equal(await (await frame.window.fetch("/api/v1/x")).text(), "<h1>Bad gateway");
  await settled();
  assert.deepEqual(frame.events("error").map(({ detail }) => detail.code), ["internal", "database_unavailable", "embed_token_rejected"]);
});

test("the size is told when the page is shown, rounded up, once a frame, and only when it is another", async () => {
  const frame = (await framed()).load();
  await frame.pinned();
  assert.equal(frame.body.style.minHeight, 0);
  frame.grow(310);
  await frame.clock.pass(1000);
  assert.equal(frame.of("size").length, 0, "bones are not worth a jump");
  frame.elements.ready = {};
  frame.mutate();
  frame.grow(600);
  frame.grow(612.2);
  await frame.clock.pass(100);
  assert.deepEqual(frame.of("size").map(({ height }) => height), [613]);
  frame.mutate();
  frame.grow(612.9);
  await frame.clock.pass(300);
  assert.equal(frame.of("size").length, 1);
});

test("a page that grows with its window is not followed: no loop", async () => {
  const frame = (await framed()).load();
  await frame.pinned();
  frame.elements.ready = {};
  frame.mutate();
  frame.grow(500);
  for (let round = 0; round < 20; round += 1) {
    await frame.clock.pass(1000);
    // The host obeys, and the content, of 100vh and some, grows along.
    const wanted = frame.of("size").at(-1).height;
    if (frame.window.innerHeight === wanted) break;
    // The window's size is told before the content's, a frame apart.
    frame.stretch(wanted);
    frame.root.height = wanted + 20;
    await frame.clock.pass(20);
    frame.grow(wanted + 20);
  }
  assert.deepEqual(frame.of("size").map(({ height }) => height), [500]);
  // What really changes is followed all the same.
  frame.mutate();
  frame.grow(700);
  await frame.clock.pass(100);
  assert.equal(frame.of("size").at(-1).height, 700);
});

test("where the host gives less than is needed the frame scrolls", async () => {
  const frame = (await framed()).load();
  assert.equal(frame.root.style.overflowY, "hidden");
  await frame.pinned();
  frame.elements.ready = {};
  frame.mutate();
  frame.grow(900);
  await frame.clock.pass(1000);
  assert.equal(frame.root.style.overflowY, "auto");
  frame.stretch(900);
  await frame.clock.pass(1000);
  assert.equal(frame.root.style.overflowY, "hidden");
});

test("an open dialog has room", async () => {
  const frame = (await framed()).load();
  await frame.pinned();
  frame.elements.ready = {};
  frame.elements.dialogs = [{ scrollHeight: 400 }];
  frame.mutate();
  frame.grow(200);
  await frame.clock.pass(100);
  assert.equal(frame.of("size").at(-1).height, 464);
});

test("a page that never says it is shown gets its size after five seconds", async () => {
  const frame = (await framed()).load();
  await frame.pinned();
  frame.grow(200);
  await frame.clock.pass(5300);
  assert.deepEqual(frame.of("size").map(({ height }) => height), [200]);
});

test("the address says how to look and speak; the host changes it; the next page of the frame keeps it", async () => {
  const frame = await (await framed()).pinned();
  const { passerelleFrame } = frame.window;
  assert.deepEqual([passerelleFrame.locale, passerelleFrame.theme, frame.root.lang, frame.root.dataset.theme], ["fr", "dark", "fr", "dark"]);
  const spoken = [];
  frame.window.addEventListener("passerelle-locale", (event) => spoken.push(event.detail));
  frame.say({ type: "set-locale", locale: "en" });
  frame.say({ type: "set-theme", theme: "auto" });
  for (const wrong of ["de", ["fr"], null, 1]) frame.say({ type: "set-locale", locale: wrong });
  for (const wrong of ["pink", ["dark"], null, 1]) frame.say({ type: "set-theme", theme: wrong });
  assert.deepEqual(spoken, ["en"]);
  assert.equal(frame.root.dataset.theme, undefined);
  const next = await framed({ hash: "", store: frame.store });
  assert.deepEqual([next.window.passerelleFrame.locale, next.window.passerelleFrame.theme], ["en", "auto"]);
  const denied = await framed({ hash: "", denied: true });
  denied.say({ type: "token", token: TOKEN, address: ADDRESS, locale: "fr", theme: "light" });
  await settled();
  assert.deepEqual([denied.window.passerelleFrame.locale, denied.root.dataset.theme], ["fr", "light"]);
});

test("what the page's own script put in the place of the theme is put right", async () => {
  const frame = await framed();
  frame.root.dataset.theme = "light";
  frame.root.lang = "en";
  frame.load();
  assert.deepEqual([frame.root.dataset.theme, frame.root.lang], ["dark", "fr"]);
});

test("the host opens pages of this vendor, and nothing else", async () => {
  const frame = await (await framed()).pinned();
  const pages = ["overview", "connection", "configuration", "operations", "menu", "stock"];
  for (const page of pages) frame.say({ type: "open", page });
  frame.say({ type: "open", page: "stock", till: "comptoir" });
  assert.deepEqual(frame.seen.assigned, [
    "/pos-helper",
    "/pos-helper/caisse",
    ...pages.slice(2).map((page) => `/pos-helper/caisse/${page}`),
    "/pos-helper/comptoir/stock",
  ]);
  for (const page of [undefined, "", "desk", "constructor", "../x", ["stock"], "stock\n"]) frame.say({ type: "open", page });
  for (const till of ["", "a/b", "..", "//elsewhere", ["caisse"], null, 7]) frame.say({ type: "open", page: "stock", till });
  assert.equal(frame.seen.assigned.length, 7);
});

test("focus goes to the content", async () => {
  const frame = await (await framed()).pinned();
  frame.say({ type: "focus" });
  frame.elements.main = frame.document.createElement("main");
  frame.say({ type: "focus" });
  assert.equal(frame.elements.main.focused, true);
});

const link = (href, more = {}) => {
  const { origin, protocol } = new URL(href);
  return { href, origin, protocol, target: "", rel: "", download: "", ...more };
};

test("a download is fetched with the bearer and handed over as a file", async () => {
  const path = "/api/v1/connections/c/operations.csv";
  const headers = { "content-disposition": 'attachment; filename="operations.csv"' };
  const frame = await (await framed({ routes: { [`GET ${path}`]: () => new Response("a;b", { headers }) } })).pinned();
  const event = frame.click(link(`https://console.example${path}`));
  assert.deepEqual([event.prevented, event.stopped], [true, true]);
  await settled();
  assert.equal(frame.called(`GET ${path}`)[0].bearer, "Bearer pes_secret_1");
  const { file } = frame.seen;
  assert.deepEqual([file.href, file.download, file.clicked], ["blob:made", "operations.csv", true]);
  assert.equal(await frame.seen.blob.text(), "a;b");
  await frame.clock.pass(60_000);
  assert.equal(frame.seen.revoked, "blob:made");
  frame.click(link(`https://console.example${path}`, { download: "mine.csv" }));
  await settled();
  assert.equal(frame.seen.file.download, "mine.csv");
});

test("a download that fails is told to the page", async () => {
  const frame = await (await framed({ routes: { "GET /api/v1/x.har": () => problem(404, "not_found") } })).pinned();
  const failed = [];
  frame.window.addEventListener("passerelle-download-failed", (event) => failed.push(event.detail));
  frame.click(link("https://console.example/api/v1/x.har"));
  await settled();
  assert.deepEqual(failed, [404]);
});

test("other sites open beside the frame, cut off from it; the console's own pages stay in it", async () => {
  const frame = await framed();
  const after = (href, more) => {
    const pressed = link(href, more);
    const { prevented } = frame.click(pressed);
    return [pressed.target, pressed.rel, prevented];
  };
  assert.deepEqual(after("https://www.hubrise.com/"), ["_blank", "noopener noreferrer", false]);
  assert.deepEqual(after("https://console.example/pos-helper", { target: "_blank" }), ["_blank", "noopener noreferrer", false]);
  assert.deepEqual(after("https://console.example/pos-helper"), ["", "", false]);
  assert.deepEqual(after("https://manager.hubrise.com/", { target: "_top" }), ["_top", "", false]);
  assert.deepEqual(after("mailto:support@office.example"), ["", "", false]);
  assert.deepEqual(after("blob:https://console.example/1"), ["", "", false]);
  frame.click(null);
  frame.click(null, { target: frame.document });
});

test("a window for HubRise is opened within the click, by a nonce of 128 bits", async () => {
  const frame = await framed();
  const { passerelleFrame } = frame.window;
  assert.equal(passerelleFrame.closed(), undefined);
  const first = passerelleFrame.open();
  const [opened] = frame.seen.opened;
  assert.deepEqual({ ...first }, { nonce: opened.to.slice("/oauth/popup#".length), blocked: false });
  assert.match(first.nonce, /^[\w-]{22}$/);
  assert.deepEqual([opened.target, opened.features], ["_blank", "popup,width=560,height=720"]);
  assert.notEqual(passerelleFrame.open().nonce, first.nonce);
  passerelleFrame.top(first.nonce);
  assert.deepEqual(frame.seen.opened[2], { to: `/oauth/popup#${first.nonce}`, target: "_top", features: undefined });
  frame.seen.popup = null;
  assert.equal(passerelleFrame.open().blocked, true);
});

test("a window is believed closed only if it was seen open for a while", async () => {
  const frame = await framed();
  const { passerelleFrame } = frame.window;
  const popup = (frame.seen.popup = { closed: false });
  passerelleFrame.open();
  assert.equal(passerelleFrame.closed(), false);
  popup.closed = true;
  assert.equal(passerelleFrame.closed(), undefined, "cut off by its opener policy, most likely");
  popup.closed = false;
  passerelleFrame.open();
  await frame.clock.pass(1500);
  assert.equal(passerelleFrame.closed(), false);
  popup.closed = true;
  assert.equal(passerelleFrame.closed(), true);
});
