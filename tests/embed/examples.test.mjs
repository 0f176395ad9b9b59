// docs/embedding: every example whose runtime is at hand mints a token that holds what the guide says, signed as it says.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, timingSafeEqual, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const AUDIENCE = "https://console.example";
const SECRET = randomBytes(36).toString("base64");
const folder = fileURLToPath(new URL("../../docs/embedding/", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "embed-keys-"));
after(() => rmSync(place, { recursive: true }));

function pair(alg, ...how) {
  const { privateKey, publicKey } = generateKeyPairSync(...how);
  const file = join(place, `${alg}.pem`);
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
  // As it stands in the profile, and read from there.
  return { file, publicKey: createPublicKey(publicKey.export({ type: "spki", format: "pem" })) };
}
const KEYS = { EdDSA: pair("EdDSA", "ed25519"), ES256: pair("ES256", "ec", { namedCurve: "P-256" }) };

/** Whether a token is signed by what it should be; the algorithm is ours to choose, not the token's. */
function signed(token, alg) {
  const at = token.lastIndexOf(".");
  const [text, signature] = [Buffer.from(token.slice(0, at)), Buffer.from(token.slice(at + 1), "base64url")];
  if (alg === "HS256") {
    const ours = createHmac("sha256", SECRET).update(text).digest();
    return signature.length === ours.length && timingSafeEqual(signature, ours);
  }
  const { publicKey: key } = KEYS[alg];
  return alg === "EdDSA" ? verify(null, text, key, signature) : verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, signature);
}

const decoded = (token) => token.split(".").slice(0, 2).map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));

function check(token, alg, kid) {
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/, "three parts, no padding");
  assert.ok(token.length <= 4096);
  const [header, claims] = decoded(token);
  assert.deepEqual(header, { alg, typ: "JWT", ...(kid && { kid }) });
  const { iat, exp, jti, ...rest } = claims;
  assert.deepEqual(rest, {
    iss: "pos-helper",
    aud: AUDIENCE,
    sub: "u-1042",
    merchant: "resto-77",
    tills: ["caisse"],
    role: "manager",
    name: "Zoé Lambert",
    locale: "fr",
  });
  assert.ok(Number.isInteger(iat) && Math.abs(iat - Date.now() / 1000) < 120);
  assert.ok(Number.isInteger(exp) && exp > iat && exp - iat <= 300);
  assert.match(jti, /^.{16,128}$/);
  assert.ok(signed(token, alg), "signed");
  return jti;
}

const EXAMPLES = [
  { runtime: "node", file: "mint.mjs", run: [], algorithms: ["HS256", "EdDSA"] },
  { runtime: "python3", file: "mint.py", run: [], algorithms: ["HS256"] },
  { runtime: "java", file: "Mint.java", run: [], probe: ["-version"], algorithms: ["HS256", "EdDSA"] },
  {
    runtime: "php",
    file: "mint.php",
    run: [],
    algorithms: ["HS256", "EdDSA"],
    EdDSA: { lacks: "sodium", probe: ["-r", "exit(function_exists('sodium_crypto_sign_detached') ? 0 : 1);"] },
  },
  {
    runtime: "ruby",
    file: "mint.rb",
    run: [],
    algorithms: ["HS256", "EdDSA"],
    EdDSA: { lacks: "openssl 3", probe: ["-ropenssl", "-e", "exit OpenSSL::VERSION.to_i >= 3"] },
  },
  { runtime: "go", file: "mint.go", run: ["run"], probe: ["version"], algorithms: ["HS256", "EdDSA"] },
  { runtime: "dotnet", file: "Mint.cs", run: ["run"], algorithms: ["HS256", "ES256"] },
];

for (const { runtime, file, run, probe = ["--version"], algorithms, ...needs } of EXAMPLES) {
  const works = (how) => spawnSync(runtime, how, { stdio: "ignore" }).status === 0;
  const there = works(probe);
  for (const alg of algorithms) {
    const { lacks, probe: part } = needs[alg] ?? {};
    const missing = there ? part && !works(part) && `${runtime}'s ${lacks}` : runtime;
    const skip = missing && `${missing} is not on this machine: ${file} was not run by ${alg}`;
    if (skip) console.error(skip);
    test(`${file} mints a token by ${alg}`, { skip: skip || false }, async () => {
      const mint = async (settings) => {
        const { VENDOR, AUDIENCE: _, SECRET: __, KEY, KID, ...env } = process.env;
        const given = alg === "HS256" ? { SECRET } : { KEY: KEYS[alg].file };
        const options = { cwd: folder, env: { ...env, VENDOR: "pos-helper", AUDIENCE, ...given, ...settings } };
        const { stdout } = await promisify(execFile)(runtime, [...run, file], options);
        assert.match(stdout, /^\S+\r?\n$/, "one line");
        return stdout.trim();
      };
      const token = await mint({});
      const once = check(token, alg);
      assert.notEqual(check(await mint({ KID: "2026-11" }), alg, "2026-11"), once, "no jti twice");
    });
  }
}

test("a wrong signature is noticed", () => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: "pos-helper" })}`;
  const by = (secret) => `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  assert.ok(signed(by(SECRET), "HS256"));
  assert.ok(!signed(by(`${SECRET}x`), "HS256"));
  assert.ok(!signed(`${text}.`, "HS256"));
  for (const alg of ["EdDSA", "ES256"]) assert.ok(!signed(by(SECRET), alg), "a secret's signature is no key's");
  assert.throws(() => check(by("another secret"), "HS256"));
});
