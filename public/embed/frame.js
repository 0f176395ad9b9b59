// First script of a page that a back office's iframe asked for. Gets a token of the host, keeps the session (in this
// closure alone), lends it to fetch and EventSource, tells the host of size and events. docs/embedding.md
(() => {
  "use strict";
  const above = window.parent;
  if (above === window) return;
  const API = "/api/v1";
  const none = () => ({});
  const root = document.documentElement;
  const plain = window.fetch.bind(window);
  const places = () => location.pathname.split("/");
  const vendor = places()[1];
  const shell = () => document.getElementById("shell") || { dataset: {} };
  const signal = (name, detail) => dispatchEvent(new CustomEvent("passerelle-" + name, { detail }));

  let host, address, trouble, ended, bearer, session, obtaining, owed, timer;
  const kept = [];
  const tell = (type, fields, open) => {
    if (host || open) above.postMessage({ passerelle: 1, type, ...fields }, host || "*");
    else if (kept.length < 50) kept.push([type, fields]);
  };
  const report = (name, detail, open) => tell("event", { name, detail }, open);
  const nonce = () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .slice(0, 22);

  // Language and appearance: as the address says, or as the page before this one in the frame had them.
  const look = {};
  let storage = {};
  try {
    storage = sessionStorage;
  } catch (denied) {}
  const wear = ({ locale, theme }) => {
    if (["light", "dark", "auto"].includes(theme)) {
      look.theme = theme;
      if (theme === "auto") delete root.dataset.theme;
      else root.dataset.theme = theme;
    }
    if (["en", "fr"].includes(locale)) {
      root.lang = locale;
      if (look.locale !== locale) signal("locale", (look.locale = locale));
    }
    storage.passerelleLook = new URLSearchParams(look);
  };
  const [mark, rest] = location.hash.split(/[?=](.*)/);
  const mounted = mark === "#passerelle";
  let [code, worn] = ((mark === "#passerelle-code" && rest) || "").split("?");
  if (mounted || code) history.replaceState(history.state, "", location.pathname + location.search);
  wear(Object.fromEntries(new URLSearchParams((mounted ? rest : worn) || storage.passerelleLook)));

  // A session that a code began has no host to ask again: the next page of the frame takes it over, once.
  const left = storage.passerelleLeft;
  delete storage.passerelleLeft;
  const alone = code || left;
  if (!code && left) [bearer, session] = JSON.parse(left);
  addEventListener("pagehide", () => {
    if (alone && bearer) storage.passerelleLeft = JSON.stringify([bearer, session]);
  });

  const server = (path, method, token, body) =>
    plain(API + path, {
      method,
      body,
      credentials: "omit",
      keepalive: true,
      headers: { "content-type": "application/json", ...(token && { authorization: "Bearer " + token }) },
    });
  const problem = (detail) =>
    new Response(JSON.stringify({ status: 401, code: "no_session", detail, request_id: "" }), {
      status: 401,
      headers: { "content-type": "application/problem+json" },
    });
  const ask = () =>
    new Promise((settle) => {
      const id = nonce();
      const say = () => (host ? tell("renew") : tell("hello", { vendor, id }, 1));
      const every = host ? 0 : setInterval(say, 500);
      const limit = setTimeout(() => owed("host_silent"), host ? 25000 : 15000);
      owed = (claim) => {
        clearInterval(every);
        clearTimeout(limit);
        owed = 0;
        settle(claim);
      };
      say();
    });
  const acquire = async (claim) => {
    if (code) claim = { code };
    else if (alone || ended) claim = "session_ended";
    code = "";
    claim = claim || (await ask());
    if (!claim.code && !claim.token) {
      trouble = claim;
      shell().dataset.trouble = "host";
      if (!ended && claim !== "host_no_token") report("error", { code: claim, request_id: "" }, 1);
      return problem(claim);
    }
    const { from, wanted, ...body } = claim;
    const answer = await server("/embed/sessions", "POST", bearer, JSON.stringify({ vendor, ...body }));
    heed("", answer);
    if (!answer.ok) return answer;
    const { bearer: fresh, locale, ...about } = await answer.json();
    bearer = fresh;
    if (ended) return end();
    session = JSON.stringify(about);
    trouble = "";
    delete shell().dataset.trouble;
    // By the server's clock: a till's may be years off.
    const left = Date.parse(about.expires_at) - (Date.parse(answer.headers.get("date")) || Date.now());
    clearTimeout(timer);
    if (alone) return;
    timer = setTimeout(() => obtain().catch(none), Math.max(left - 60000, left / 2, 5000) || 600000);
    host = body.host;
    address = from;
    wear({ theme: wanted.theme, locale: wanted.locale || look.locale || locale });
    kept.splice(0).forEach((message) => tell(...message));
  };
  // Nothing when there is a session, or the answer that says why not: for a second, so that calls made together share it.
  const obtain = (claim) => {
    if (!obtaining) {
      const failed = () => setTimeout(() => (obtaining = 0), 1000);
      obtaining = acquire(claim);
      obtaining.then((answer) => (answer ? failed() : (obtaining = 0)), failed);
    }
    return obtaining;
  };
  const end = () => {
    ended = 1;
    clearTimeout(timer);
    if (bearer) server("/session", "DELETE", bearer).catch(none);
    bearer = "";
    return problem("session_ended");
  };

  // What passes through: how tills stand, and what went wrong.
  const states = {};
  const heed = async (path, answer) => {
    const till = (/\/tills\/([^/]+)\/status$/.exec(path) || [])[1];
    if (answer.ok && !till) return;
    const { code, request_id, connection, known } = await answer.clone().json().catch(none);
    if (!answer.ok) {
      if (code && (answer.status > 499 || /^embed_/.test(code))) report("error", { code, request_id }, 1);
      return;
    }
    const health = connection && connection.health.state;
    let name = "disconnected";
    if (connection && connection.state === "connected")
      name = /^(unpaid|revoked|blocked|refused)$/.test(health) ? "needs-attention" : "connected";
    const detail = name === "needs-attention" ? { till, health } : { till };
    const state = name + detail.health;
    // A right that ran out ends no connection.
    if ((!connection && known) || states[till] === state) return;
    states[till] = state;
    report(name, detail);
  };
  const ours = (address) => {
    const { origin, pathname } = new URL(address, location.href);
    return origin === location.origin && pathname.startsWith(API + "/") && pathname.slice(7);
  };
  const call = (window.fetch = async (input, init) => {
    const path = ours(input.url || input);
    if (!path) return plain(input, init);
    const request = new Request(input, { ...init, credentials: "omit" });
    const { method } = request;
    const get = method === "GET";
    if (get && /^\/(vendors(\/[^/]+(\/overview|(\/tills\/[^/]+)?\/logo)?)?|embed\/.*)$/.test(path)) return plain(request);
    const send = async () => {
      const failed = !bearer && (await obtain());
      if (failed) return failed.clone();
      if (get && path === "/session")
        return new Response(session, { headers: { "content-type": "application/json" } });
      const copy = request.clone();
      copy.headers.set("authorization", "Bearer " + bearer);
      return plain(copy);
    };
    const used = bearer;
    let answer = await send();
    if (used && answer.status === 401 && (await answer.clone().json().catch(none)).code === "no_session") {
      if (used === bearer) bearer = "";
      answer = await send();
    }
    if (path === "/session" && !get && answer.ok) bearer = "";
    // Before the app has it: done with its own copy, the app aborts what is left of the call.
    const told = heed(get && path, answer).catch(none);
    if (answer.ok) await told;
    return answer;
  });

  window.EventSource = class Source extends EventTarget {
    constructor(address) {
      super();
      const stop = new AbortController();
      let wait = 3000;
      let again;
      this.url = new URL(address, location.href).href;
      this.readyState = 0;
      this.close = () => {
        this.readyState = 2;
        clearTimeout(again);
        stop.abort();
      };
      const fire = (event) => this.readyState < 2 && this.dispatchEvent(event);
      const read = async ({ body }) => {
        this.readyState = 1;
        fire(new Event("open"));
        const reader = body.getReader();
        const decoder = new TextDecoder();
        let line = "";
        let type = "";
        let data = "";
        let returned;
        for (let part; !(part = await reader.read()).done; ) {
          const text = decoder.decode(part.value, { stream: true });
          if (!text) continue;
          const lines = (line + (returned ? text.replace(/^\n/, "") : text)).split(/\r\n?|\n/);
          returned = text.endsWith("\r");
          line = lines.pop();
          for (const one of lines) {
            const [, name, value = ""] = /^([^:]*)(?:: ?([^]*))?$/.exec(one);
            if (name === "data") data += value + "\n";
            if (name === "event") type = value;
            if (name === "retry" && /^\d+$/.test(value)) wait = +value;
            if (one) continue;
            if (data) fire(new MessageEvent(type || "message", { data: data.slice(0, -1) }));
            data = type = "";
          }
        }
      };
      const connect = async () => {
        let over;
        try {
          const answer = await call(this.url, { headers: { accept: "text/event-stream" }, signal: stop.signal });
          over = answer.status !== 200 || !/^text\/event-stream/.test(answer.headers.get("content-type"));
          if (!over) await read(answer);
        } catch (broken) {}
        if (this.readyState === 2) return;
        this.readyState = over ? 2 : 0;
        if (!over) again = setTimeout(connect, wait);
        this.dispatchEvent(new Event("error"));
      };
      connect();
    }
  };

  // Downloads need the bearer, other sites a window of their own.
  const save = async (link) => {
    const answer = await call(link.href);
    if (!answer.ok) throw answer;
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    const named = /filename="?([^";]+)/.exec(answer.headers.get("content-disposition"));
    file.download = link.download || (named ? named[1] : "");
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
  };
  const press = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || !/^http/.test(link.href)) return;
    if (ours(link.href)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      save(link).catch(({ status }) => signal("download-failed", status));
    } else if (link.target === "_blank" || (!link.target && link.origin !== location.origin)) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  };
  document.addEventListener("click", press, true);

  // Size and place. What differs only because the host has just given the frame another height is not told.
  let path, ready, shown, due, sent, known, changed, width, height;
  const measure = () => {
    if (!due) return;
    due = 0;
    if (!shown && !trouble) return;
    let needed = root.getBoundingClientRect().height;
    for (const open of document.querySelectorAll("dialog[open]")) needed = Math.max(needed, open.scrollHeight + 64);
    needed = Math.ceil(needed);
    const own = !changed && width === innerWidth && height !== innerHeight;
    if (needed !== known && needed !== sent && !own) tell("size", { height: (sent = needed) }, 1);
    known = needed;
    changed = 0;
    width = innerWidth;
    height = innerHeight;
    setTimeout(() => (root.style.overflowY = innerHeight < known ? "auto" : "hidden"), 300);
  };
  const resize = () => {
    if (due) return;
    due = 1;
    requestAnimationFrame(measure);
    // A frame out of sight is not drawn.
    setTimeout(measure, 250);
  };
  const survey = () => {
    const [, , till, page] = places();
    if (path !== location.pathname) {
      if (path || !mounted) {
        report("navigate", { path: location.pathname });
        tell("scroll");
      }
      path = location.pathname;
      ready = 0;
    }
    if (!ready && document.querySelector("main[data-ready]")) {
      ready = shown = 1;
      const own = /^(desk|account|hubrise)$/.test(till) && till;
      report("ready", { page: own || page || (till ? "connection" : "overview") });
    }
    changed = 1;
    resize();
  };
  root.style.overflowY = "hidden";
  addEventListener("DOMContentLoaded", () => {
    document.body.style.minHeight = 0;
    wear(look);
    new ResizeObserver(resize).observe(root);
    new MutationObserver(survey).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    addEventListener("load", survey, true);
    addEventListener("resize", resize);
    survey();
    setTimeout(() => resize((shown = 1)), 5000);
  });

  addEventListener("message", ({ data, source, origin }) => {
    if (source !== above || !data || data.passerelle !== 1 || ended || (host && origin !== host)) return;
    const { type, token, page, till = places()[2] } = data;
    if (type === "no-token" && owed) owed("host_no_token");
    if (type === "token" && typeof token === "string" && token.length < 4097 && /^([\w-]+\.){2}[\w-]+$/.test(token)) {
      let from;
      try {
        const url = new URL(data.address);
        if (/^http/.test(url.protocol) && url.origin === origin) from = url.href;
      } catch (unusable) {}
      const claim = { token, host: origin, from, wanted: data };
      if (owed) owed(claim);
      else if (!bearer && !obtaining) obtain(claim).catch(none);
    }
    if (!host) return;
    if (type === "set-theme") wear({ theme: data.theme });
    if (type === "set-locale") wear({ locale: data.locale });
    if (type === "focus" && document.getElementById("main")) document.getElementById("main").focus();
    if (type === "end") end();
    if (type === "open" && typeof page === "string" && typeof till === "string" && /^[\w-]{1,64}$/.test(till)) {
      if (/^(configuration|operations|menu|stock)$/.test(page)) location.assign(`/${vendor}/${till}/${page}`);
      if (page === "connection") location.assign(`/${vendor}/${till}`);
    }
    if (type === "open" && page === "overview") location.assign("/" + vendor);
  });

  // HubRise in a window of its own. A page of another opener policy cuts that window off, which then reads as closed:
  // believed only of one that was seen open.
  let popup, since, seen;
  const go = (id, target, features) => window.open("/oauth/popup#" + id, target, features);
  window.passerelleFrame = Object.freeze({
    get locale() {
      return look.locale;
    },
    get theme() {
      return look.theme;
    },
    get address() {
      return address;
    },
    get trouble() {
      return trouble;
    },
    open() {
      const id = nonce();
      popup = go(id, "_blank", "popup,width=560,height=720");
      since = Date.now();
      seen = false;
      const opened = popup;
      const glance = setInterval(() => {
        if (opened !== popup || !opened || opened.closed) clearInterval(glance);
        else if (Date.now() - since > 1000) seen = true;
      }, 250);
      return { nonce: id, blocked: !popup || popup.closed };
    },
    top: (id) => go(id, "_top"),
    closed() {
      if (!popup) return;
      return popup.closed ? seen || undefined : false;
    },
  });

  if (!bearer) obtain().catch(none);
})();
