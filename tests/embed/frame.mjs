// A page of the console inside an iframe, with a host that does as it is told and a server that keeps a list of calls.

import { browser, Clock, CONSOLE, OFFICE, settled } from "./dom.mjs";

export const TOKEN = "aGVhZA.Ym9keQ.c2ln";
export const ADDRESS = `${OFFICE}/settings?tab=hubrise`;

export const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });

export const problem = (status, code) => json({ status, code, detail: "no", request_id: "req-1" }, status);

/** A session as the server answers, `seconds` long, by a clock two years behind the frame's. */
export function session(bearer, seconds = 900) {
  const now = Date.parse("2024-01-01T00:00:00Z");
  const about = { bearer, expires_at: new Date(now + seconds * 1000).toISOString(), csrf_token: "", users: [] };
  return json(about, 200, { date: new Date(now).toUTCString() });
}

export async function framed({ path = "/pos-helper/caisse", hash = "#passerelle?locale=fr&theme=dark", routes = {}, ...more } = {}) {
  const calls = [];
  const told = [];
  const parent = { postMessage: (data, target) => told.push({ ...structuredClone(data), target }) };
  let sessions = 0;
  const answers = {
    "POST /api/v1/embed/sessions": () => session(`pes_secret_${++sessions}`),
    "GET /api/v1/vendors/pos-helper/tills/caisse/status": () => json({ connection: null }),
    "DELETE /api/v1/session": () => new Response(null, { status: 204 }),
    ...routes,
  };
  const page = browser({
    address: CONSOLE + path + hash,
    clock: new Clock(),
    parent,
    fetch: async (request) => {
      request.signal.throwIfAborted();
      const { pathname } = new URL(request.url);
      const call = { what: `${request.method} ${pathname}`, bearer: request.headers.get("authorization"), request };
      call.body = await request.clone().text();
      calls.push(call);
      const answer = answers[call.what];
      return answer ? answer(call) : json({});
    },
    ...more,
  });
  page.elements.shell = page.document.createElement("div");
  page.run("frame.js");
  const frame = {
    ...page,
    calls,
    told,
    parent,
    routes: answers,
    /** What the host was told, by type. */
    of: (type) => told.filter((message) => message.type === type),
    events: (name) => told.filter((message) => message.type === "event" && (!name || message.name === name)),
    called: (what) => calls.filter((call) => call.what === what),
    say: (data, { origin = OFFICE, source = parent } = {}) =>
      page.hear({ data: { passerelle: 1, ...data }, origin, source }),
    async pinned() {
      frame.say({ type: "token", token: TOKEN, address: ADDRESS });
      await settled();
      return frame;
    },
    load() {
      page.happen("DOMContentLoaded");
      return frame;
    },
  };
  await settled();
  return frame;
}
