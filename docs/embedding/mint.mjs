// Mints one embed token and prints it. Node 18 or later, nothing to install.
//
//   VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… node mint.mjs
//   VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 node mint.mjs
//
// KEY is an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 -out key.pem); SECRET is at least 32 bytes.

import { createHmac, createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const { VENDOR, AUDIENCE, SECRET, KEY, KID } = process.env;

/** A token for one of your users, as your own session knows them. Never take these from the browser's request. */
export function mint({ user, name, locale, merchant, tills, role }) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: KEY ? "EdDSA" : "HS256", typ: "JWT", ...(KID && { kid: KID }) };
  const claims = {
    iss: VENDOR,
    aud: AUDIENCE,
    sub: user,
    merchant,
    tills,
    role,
    name,
    locale,
    iat: now,
    exp: now + 120, // 300 at most: it is used within seconds
    jti: randomUUID(), // never the same twice
  };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part(header)}.${part(claims)}`;
  const signature = KEY
    ? sign(null, Buffer.from(signed), createPrivateKey(readFileSync(KEY)))
    : createHmac("sha256", SECRET).update(signed).digest();
  return `${signed}.${signature.toString("base64url")}`;
}

if (!VENDOR || !AUDIENCE || !(SECRET || KEY)) {
  console.error("set VENDOR, AUDIENCE, and SECRET or KEY");
  process.exit(2);
}
console.log(
  mint({ user: "u-1042", name: "Zoé Lambert", locale: "fr", merchant: "resto-77", tills: ["caisse"], role: "manager" }),
);
