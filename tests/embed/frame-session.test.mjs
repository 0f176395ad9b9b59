// frame.js: the handshake, whom it listens to, and the session it lends to calls.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, CONSOLE, OFFICE, reachable, settled } from "./dom.mjs";
import { ADDRESS, framed, json, problem, session, TOKEN } from "./frame.mjs";

const SESSIONS = "POST /api/v1/embed/sessions";
const STATUS = "GET /api/v1/vendors/pos-helper/tills/caisse/status";
const status = (frame) => frame.window.fetch("/api/v1/vendors/pos-helper/tills/caisse/status");

test("does nothing in a page of its own", () => {
  const page = browser({ address: `${CONSOLE}/pos-helper/caisse`, fetch: () => assert.fail() });
  const { fetch } = page.window;
  page.run("frame.js");
  assert.equal(page.window.fetch, fetch);
  assert.equal(page.window.passerelleFrame, undefined);
  assert.equal(page.listeners.length, 0);
});

test("says hello every half second for 15 s, to anybody and with no secret", async () => {
  const frame = await framed();
  await frame.clock.pass(14900);
  const hellos = frame.of("hello");
  assert.equal(hellos.length, 30);
  const [{ id }] = hellos;
  assert.match(id, /^[\w-]{22}$/);
  for (const hello of hellos) assert.deepEqual(hello, { passerelle: 1, type: "hello", vendor: "pos-helper", id, target: "*" });
  await frame.clock.pass(60000);
  assert.equal(frame.of("hello").length, 31);
});

test("exchanges the token, names the origin it came from, and speaks to that origin alone", async () => {
  const frame = await (await framed()).pinned();
  const [call] = frame.called(SESSIONS);
  assert.deepEqual(JSON.parse(call.body), { vendor: "pos-helper", token: TOKEN, host: OFFICE });
  assert.equal(call.bearer, null);
  assert.equal(call.request.credentials, "omit");
  frame.load().elements.ready = {};
  frame.mutate();
  assert.equal(frame.events("ready")[0].target, OFFICE);
  assert.equal(frame.window.passerelleFrame.address, ADDRESS);
});

test("hears nothing that is not its host's", async () => {
  const frame = await framed();
  const token = { type: "token", token: TOKEN, address: ADDRESS };
  frame.say(token, { source: {} });
  frame.say(token, { source: frame.window });
  frame.say({ ...token, passerelle: 2 });
  frame.say({ ...token, passerelle: "1" });
  frame.say({ ...token, type: ["token"] });
  for (const wrong of [undefined, 7, {}, ["a.b.c"], "", "no token", "a.b", "a.b.c.d", "a.b.c\n", `a.b.${"c".repeat(4096)}`])
    frame.say({ ...token, token: wrong });
  for (const data of [null, 1, "token", [], { type: "token" }]) frame.hear({ data, origin: OFFICE, source: frame.parent });
  await settled();
  assert.equal(frame.calls.length, 0);
});

test("before a token was accepted hears of nothing else, and after it of its host alone", async () => {
  const frame = await framed();
  const act = (where) => {
    frame.say({ type: "set-theme", theme: "light" }, where);
    frame.say({ type: "open", page: "stock" }, where);
    frame.say({ type: "end" }, where);
  };
  act();
  await frame.pinned();
  act({ origin: "https://elsewhere.example" });
  act({ source: {} });
  assert.equal(frame.root.dataset.theme, "dark");
  assert.deepEqual(frame.seen.assigned, []);
  assert.equal(frame.called("DELETE /api/v1/session").length, 0);
});

test("a host the server does not accept is not pinned", async () => {
  const frame = await framed({ routes: { [SESSIONS]: () => problem(403, "embed_host_unknown") } });
  const call = status(frame);
  frame.say({ type: "token", token: TOKEN, address: "https://bad.example/" }, { origin: "https://bad.example" });
  const answer = await call;
  assert.equal(answer.status, 403);
  assert.equal((await answer.json()).code, "embed_host_unknown");
  assert.deepEqual(frame.events("error")[0].detail, { code: "embed_host_unknown", request_id: "req-1" });
  frame.say({ type: "set-theme", theme: "light" }, { origin: "https://bad.example" });
  assert.equal(frame.root.dataset.theme, "dark");
  // The good one comes, once somebody asks again.
  frame.routes[SESSIONS] = () => session("pes_good");
  await frame.clock.pass(1100);
  const again = status(frame);
  await settled();
  await frame.pinned();
  assert.equal((await again).status, 200);
});

test("a host that answers twice is heard once", async () => {
  const frame = await framed();
  frame.say({ type: "token", token: TOKEN, address: ADDRESS });
  frame.say({ type: "token", token: TOKEN, address: ADDRESS });
  await settled();
  frame.say({ type: "token", token: TOKEN, address: ADDRESS });
  frame.say({ type: "no-token" });
  await settled();
  assert.equal(frame.called(SESSIONS).length, 1);
  assert.equal((await status(frame)).status, 200);
});

test("a silent host is told of on the page and to the host; calls say that there is no session", async () => {
  const frame = await framed();
  const call = status(frame);
  await frame.clock.pass(15000);
  assert.equal(frame.elements.shell.dataset.trouble, "host");
  assert.deepEqual(frame.events("error")[0].detail, { code: "host_silent", request_id: "" });
  assert.equal(frame.window.passerelleFrame.trouble, "host_silent");
  assert.deepEqual(await (await call).json(), { status: 401, code: "no_session", detail: "host_silent", request_id: "" });
});

test("a late token is taken, and the trouble over", async () => {
  const frame = await framed();
  await frame.clock.pass(17000);
  await frame.pinned();
  assert.equal(frame.elements.shell.dataset.trouble, undefined);
  assert.equal((await status(frame)).status, 200);
});

test("a host without a token is told of at once, and asked again by the next try", async () => {
  const frame = await framed();
  frame.say({ type: "no-token" });
  await settled();
  assert.equal(frame.window.passerelleFrame.trouble, "host_no_token");
  assert.deepEqual(frame.events("error"), [], "the host knows");
  const [{ id }] = frame.of("hello");
  await frame.clock.pass(1100);
  const call = status(frame);
  await settled();
  assert.notEqual(frame.of("hello").at(-1).id, id);
  await frame.pinned();
  assert.equal((await call).status, 200);
});

test("calls wait for the session and carry its bearer, without cookies", async () => {
  const frame = await framed();
  const call = frame.window.fetch(new frame.window.Request("/api/v1/attempts", { method: "POST", body: "{}" }));
  await settled();
  assert.equal(frame.calls.length, 0);
  await frame.pinned();
  await call;
  const sent = frame.called("POST /api/v1/attempts")[0];
  assert.equal(sent.bearer, "Bearer pes_secret_1");
  assert.equal(sent.body, "{}");
  assert.equal(sent.request.credentials, "omit");
});

test("what anybody may read waits for nothing; other sites and files are left alone", async () => {
  const frame = await framed();
  const open = ["/api/v1/vendors", "/api/v1/vendors/x", "/api/v1/vendors/x/overview", "/api/v1/vendors/x/logo", "/api/v1/embed/x"];
  for (const path of [...open, "/explained/fr.json", "https://other.example/api/v1/session"]) await frame.window.fetch(path);
  assert.equal(frame.calls.length, 7);
  assert.ok(frame.calls.every((call) => call.bearer === null));
  for (const path of ["/api/v1/vendors/x/desk", "/api/v1/vendors/x/sessions", "/api/v1/connections/x"]) frame.window.fetch(path);
  await settled();
  assert.equal(frame.calls.length, 7);
});

test("GET /session is the session's own answer, without the bearer", async () => {
  const frame = await (await framed()).pinned();
  const text = await (await frame.window.fetch("/api/v1/session")).text();
  assert.deepEqual(JSON.parse(text), { expires_at: "2024-01-01T00:15:00.000Z", csrf_token: "", users: [] });
  assert.equal(frame.called("GET /api/v1/session").length, 0);
});

test("renews a minute before the end, by the server's clock, with the bearer it has", async () => {
  const frame = await (await framed()).pinned();
  await frame.clock.pass(839_000);
  assert.equal(frame.of("renew").length, 0);
  await frame.clock.pass(1000);
  assert.deepEqual(frame.of("renew"), [{ passerelle: 1, type: "renew", target: OFFICE }]);
  // Meanwhile calls go on.
  await status(frame);
  assert.equal(frame.called(STATUS)[0].bearer, "Bearer pes_secret_1");
  await frame.pinned();
  assert.equal(frame.called(SESSIONS)[1].bearer, "Bearer pes_secret_1");
  await status(frame);
  assert.equal(frame.called(STATUS)[1].bearer, "Bearer pes_secret_2");
  await frame.clock.pass(840_000);
  assert.equal(frame.of("renew").length, 2);
});

test("an unreadable end of the session does not make it ask without pause", async () => {
  const routes = { [SESSIONS]: () => json({ bearer: "pes_x", expires_at: "soon", csrf_token: "", users: [] }) };
  const frame = await (await framed({ routes })).pinned();
  await frame.clock.pass(599_000);
  assert.equal(frame.of("renew").length, 0);
});

test("401 no_session: renews once for all calls, and repeats each once", async () => {
  const routes = { [STATUS]: ({ bearer }) => (bearer === "Bearer pes_secret_2" ? json({ connection: null }) : problem(401, "no_session")) };
  const frame = await (await framed({ routes })).pinned();
  const calls = [status(frame), status(frame)];
  await settled();
  assert.equal(frame.of("renew").length, 1);
  await frame.pinned();
  for (const call of calls) assert.equal((await call).status, 200);
  assert.equal(frame.called(STATUS).length, 4);
  // The dead bearer is not shown again.
  assert.equal(frame.called(SESSIONS)[1].bearer, null);
});

test("a call that hears of the end after another has renewed is repeated with what is new", async () => {
  let slow;
  const late = ({ bearer }) => (bearer.endsWith("_2") ? json({}) : new Promise((done) => (slow = () => done(problem(401, "no_session")))));
  const routes = {
    "GET /api/v1/late": late,
    [STATUS]: ({ bearer }) => (bearer.endsWith("_2") ? json({ connection: null }) : problem(401, "no_session")),
  };
  const frame = await (await framed({ routes })).pinned();
  const calls = [frame.window.fetch("/api/v1/late"), status(frame)];
  await settled();
  await frame.pinned();
  slow();
  for (const call of calls) assert.equal((await call).status, 200);
  assert.equal(frame.called(SESSIONS).length, 2);
});

test("a session refused again is not asked for a third time", async () => {
  const frame = await (await framed({ routes: { [STATUS]: () => problem(401, "no_session") } })).pinned();
  const call = status(frame);
  await settled();
  await frame.pinned();
  assert.equal((await call).status, 401);
  assert.equal(frame.called(STATUS).length, 2);
  assert.equal(frame.called(SESSIONS).length, 2);
});

test("another 401 is passed on as it is", async () => {
  const frame = await (await framed({ routes: { [STATUS]: () => problem(401, "pos_key_refused") } })).pinned();
  assert.equal((await (await status(frame)).json()).code, "pos_key_refused");
  assert.equal(frame.of("renew").length, 0);
});

test("a repeated call has its body again", async () => {
  const bodies = [];
  const answer = ({ body, bearer }) => (bodies.push(body), bearer.endsWith("_1") ? problem(401, "no_session") : json({}));
  const frame = await (await framed({ routes: { "POST /api/v1/attempts": answer } })).pinned();
  const call = frame.window.fetch("/api/v1/attempts", { method: "POST", body: '{"till":"caisse"}' });
  await settled();
  await frame.pinned();
  await call;
  assert.deepEqual(bodies, ['{"till":"caisse"}', '{"till":"caisse"}']);
});

test("without a network the call fails as a call does, and the next one tries anew", async () => {
  const frame = await framed({ routes: { [SESSIONS]: () => Promise.reject(new TypeError("offline")) } });
  const call = assert.rejects(status(frame), TypeError);
  await frame.pinned();
  await call;
  frame.routes[SESSIONS] = () => session("pes_back");
  await frame.clock.pass(1100);
  const again = status(frame);
  await settled();
  await frame.pinned();
  assert.equal((await again).status, 200);
});

test("the fragment goes before anything else happens, and nothing of it stays in the history", async () => {
  const frame = await framed({ path: "/pos-helper/caisse?x=1", hash: "#passerelle-code=c0de" });
  assert.deepEqual(frame.seen.history, [{ state: { kept: true }, to: "/pos-helper/caisse?x=1" }]);
  assert.equal(frame.url.hash, "");
  const other = await framed({ hash: "#main" });
  assert.equal(other.url.hash, "#main");
});

test("a code needs no host: exchanged once, and never a hello", async () => {
  const frame = await framed({ hash: "#passerelle-code=c0de" });
  assert.deepEqual(JSON.parse(frame.called(SESSIONS)[0].body), { vendor: "pos-helper", code: "c0de" });
  assert.equal((await status(frame)).status, 200);
  await frame.clock.pass(1_000_000);
  frame.routes[STATUS] = () => problem(401, "no_session");
  assert.equal((await (await status(frame)).json()).detail, "session_ended");
  assert.equal(frame.called(SESSIONS).length, 1);
  assert.equal(frame.of("hello").length, 0);
});

test("a code may be followed by how the page is to look", async () => {
  const frame = await framed({ hash: "#passerelle-code=c0de?locale=en&theme=dark" });
  assert.equal(JSON.parse(frame.called(SESSIONS)[0].body).code, "c0de");
  assert.deepEqual([frame.root.lang, frame.root.dataset.theme], ["en", "dark"]);
});

test("the token's language counts where the host names none", async () => {
  const told = { [SESSIONS]: () => json({ bearer: "pes_secret_1", expires_at: "2030-01-01T00:00:00Z", users: [], locale: "fr" }) };
  const quiet = await framed({ hash: "#passerelle", routes: told });
  await quiet.pinned();
  assert.equal(quiet.root.lang, "fr");
  const mounted = await framed({ hash: "#passerelle?locale=en", routes: told });
  await mounted.pinned();
  assert.equal(mounted.root.lang, "en");
});

test("a code's session goes over to the next page of the frame, which takes it away", async () => {
  const frame = await framed({ hash: "#passerelle-code=c0de" });
  assert.equal(frame.store.passerelleLeft, undefined);
  frame.happen("pagehide");
  const next = await framed({ path: "/pos-helper/caisse/stock", hash: "", store: frame.store });
  assert.equal(next.store.passerelleLeft, undefined);
  assert.equal((await status(next)).status, 200);
  assert.equal(next.called(STATUS)[0].bearer, "Bearer pes_secret_1");
  assert.equal(next.called(SESSIONS).length + next.of("hello").length, 0);
  const hosted = await (await framed()).pinned();
  hosted.happen("pagehide");
  assert.equal(hosted.store.passerelleLeft, undefined, "a host's session is never put down");
});

test("works where storage is denied", async () => {
  const frame = await (await framed({ denied: true })).pinned();
  assert.equal(frame.root.dataset.theme, "dark");
  assert.equal((await status(frame)).status, 200);
  frame.happen("pagehide");
});

test("neither bearer nor token can be reached from the window, the host, the console or the history", async () => {
  const frame = await (await framed()).pinned();
  frame.load();
  await status(frame);
  await frame.window.fetch("/api/v1/session");
  const { fetch, ...window } = frame.window;
  // The fake server's own list of calls hangs on nothing but the fetch that it is.
  const strings = [...reachable(window), ...reachable(frame.seen), ...reachable(frame.told), ...reachable(frame.store)];
  assert.ok(strings.length > 500, "something was looked through");
  assert.deepEqual(strings.filter((text) => /pes_|aGVhZA/.test(text)), []);
  assert.deepEqual(reachable(fetch).filter((text) => /pes_|aGVhZA/.test(text)), []);
});

test("an unusable address of the host is not kept", async () => {
  for (const address of [undefined, 7, "javascript:alert(1)", "https://elsewhere.example/", "/here", { href: ADDRESS }]) {
    const frame = await framed();
    frame.say({ type: "token", token: TOKEN, address });
    await settled();
    assert.equal(frame.window.passerelleFrame.address, undefined);
    assert.equal((await status(frame)).status, 200);
  }
});

test("end: the session ends with the bearer, and nothing is heard or asked any more", async () => {
  const frame = await (await framed()).pinned();
  frame.say({ type: "end" });
  await settled();
  const [call] = frame.called("DELETE /api/v1/session");
  assert.equal(call.bearer, "Bearer pes_secret_1");
  assert.equal(call.request.keepalive, true);
  assert.equal((await (await status(frame)).json()).code, "no_session");
  await frame.clock.pass(1_000_000);
  frame.say({ type: "token", token: TOKEN, address: ADDRESS });
  await settled();
  assert.equal(frame.called(SESSIONS).length, 1);
  assert.equal(frame.of("renew").length, 0);
});

test("DELETE /session by the page forgets the bearer: the next call asks the host", async () => {
  const frame = await (await framed()).pinned();
  await frame.window.fetch("/api/v1/session", { method: "DELETE" });
  frame.window.fetch("/api/v1/session");
  await settled();
  assert.equal(frame.of("renew").length, 1);
});
