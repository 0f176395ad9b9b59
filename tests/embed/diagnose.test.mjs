// embed.js: what `Passerelle.diagnose()` finds missing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, Clock, CONSOLE, OFFICE, settled } from "./dom.mjs";

const NOW = Date.parse("2026-11-23T10:00:00Z") / 1000;
const FACTS = {
  vendor: "pos-helper",
  origin_allowed: true,
  algorithms: ["HS256"],
  audience: CONSOLE,
  now: "2026-11-23T10:00:00Z",
};
const CLAIMS = {
  iss: "pos-helper",
  aud: CONSOLE,
  sub: "u1",
  merchant: "m1",
  tills: ["caisse"],
  role: "manager",
  name: "Zoé",
  iat: NOW,
  exp: NOW + 120,
  jti: "0123456789abcdef",
};

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims, header = { alg: "HS256", typ: "JWT" }) => `${part(header)}.${part({ ...CLAIMS, ...claims })}.c2ln`;

/** The findings that are not well; nothing of the token may leave the page. */
async function check({ facts = FACTS, minted = token(), prepare = () => {}, answer } = {}) {
  const asked = [];
  const fetch = async (request) => {
    asked.push(request.url);
    if (answer) return answer();
    return Response.json(facts);
  };
  const page = browser({ address: `${OFFICE}/settings`, clock: new Clock(), fetch });
  prepare(page);
  page.run("embed.js", `${CONSOLE}/embed/1/embed.js`);
  const diagnosis = page.window.Passerelle.diagnose({ vendor: "pos-helper", token: async () => minted });
  await page.clock.pass(5000);
  const found = await diagnosis;
  assert.deepEqual(page.seen.logged, [found], "printed as a table");
  assert.ok(found.length > 5 && found.every(({ ok, what, fix }) => typeof ok === "boolean" && what && (ok ? fix === "" : fix)));
  assert.equal(page.body.children.length, 0, "the probe is gone");
  assert.equal(page.listeners.length, 0);
  assert.ok(asked.every((url) => url.startsWith(`${CONSOLE}/api/v1/embed/pos-helper?origin=`)));
  for (const part of `${minted}`.split(".").filter((part) => part.length > 20)) assert.ok(!JSON.stringify(found).includes(part));
  return [...found.filter(({ ok }) => !ok).map(({ what, fix }) => `${what}: ${fix}`)];
}

test("finds nothing where nothing is missing", async () => {
  assert.deepEqual(await check(), []);
});

test("names each claim that is wrong", async () => {
  const wrong = [
    [{ iss: "carre-pos" }, /^iss carre-pos: must be pos-helper$/],
    [{ aud: "https://elsewhere.example" }, /^aud .*: must be https:\/\/console\.example$/],
    [{ sub: "" }, /^sub:/],
    [{ merchant: undefined }, /^merchant:/],
    [{ merchant: "m".repeat(129) }, /^merchant:/],
    [{ tills: "caisse" }, /^tills:/],
    [{ tills: [] }, /^tills:/],
    [{ role: "admin" }, /^role admin:/],
    [{ jti: "short" }, /^jti:/],
    [{ locale: "de" }, /^name, locale:/],
    [{ exp: NOW + 301 }, /^lives 301 s:/],
    [{ iat: NOW - 400, exp: NOW - 200 }, /^not expired:/],
    [{ iat: NOW + 60, exp: NOW + 120 }, /^not from the future:/],
  ];
  for (const [claims, words] of wrong) {
    const found = await check({ minted: token(claims) });
    assert.equal(found.length, 1, JSON.stringify([claims, found]));
    assert.match(found[0], words);
  }
  assert.match((await check({ minted: token({}, { alg: "none" }) }))[0], /^alg none: one of HS256/);
  assert.match((await check({ minted: `${token()}${"x".repeat(4096)}` }))[0], /4096/);
  for (const minted of ["no token", "a.b.c", "", 7, {}]) assert.match((await check({ minted })).at(-1), /^token\(\) brings a token/);
});

test("tells a vendor unknown, an origin not allowed, and a console that does not answer", async () => {
  const gone = () => Response.json({ code: "vendor_unknown" }, { status: 404 });
  assert.match((await check({ answer: gone }))[0], /^vendor pos-helper: .*404/);
  assert.match((await check({ facts: { ...FACTS, origin_allowed: false } }))[0], /^origin https:\/\/office\.example: .*profile/);
  assert.match((await check({ answer: () => Promise.reject(new TypeError("blocked")) }))[0], /connect-src https:\/\/console/);
});

test("tells what the page itself stands in the way of", async () => {
  const only = async (prepare) => {
    const found = await check({ prepare });
    assert.equal(found.length, 1, JSON.stringify(found));
    return found[0];
  };
  assert.match(await only(({ window }) => (window.isSecureContext = false)), /^secure context: .*https/);
  assert.match(await only(({ window }) => (window.crossOriginIsolated = true)), /Embedder-Policy/);
  assert.match(await only(({ clock }) => (clock.now += 600_000)), /600 s off/);
  const box = (sandbox) => ({ window }) => (window.frameElement = { getAttribute: () => sandbox });
  assert.match(await only(box("allow-scripts")), /its sandbox needs .*allow-popups/);
  const rights = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
  for (const sandbox of [null, rights]) assert.deepEqual(await check({ prepare: box(sandbox) }), []);
  const policy = await only((page) => {
    const { append } = page.body;
    page.body.append = (child) => {
      append.call(page.body, child);
      page.happen("securitypolicyviolation", { effectiveDirective: "frame-src" });
    };
  });
  assert.match(policy, /frame-src https:\/\/console\.example$/);
});

test("says when embed.js did not come from the console", async () => {
  const page = browser({ address: `${OFFICE}/settings`, clock: new Clock(), fetch: async () => Response.json(FACTS) });
  page.run("embed.js");
  const diagnosis = page.window.Passerelle.diagnose({ vendor: "pos-helper" });
  await page.clock.pass(5000);
  const [first] = await diagnosis;
  assert.equal(first.ok, false);
  assert.match(first.fix, /script-src|base/);
  await settled();
});
