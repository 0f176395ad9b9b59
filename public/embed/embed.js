/* Passerelle 1.0.0: the console inside a page of a back office. docs/embedding.md */
(() => {
  "use strict";
  if (window.Passerelle) return;
  const script = document.currentScript;
  const home = script && script.src ? new URL(script.src).origin : location.origin;
  const PAGES = ["overview", "connection", "configuration", "operations", "menu", "stock"];
  const LOCALES = ["fr", "en"];
  const THEMES = ["light", "dark", "auto"];
  const EVENTS = {
    __proto__: null,
    ready: ["page"],
    connected: ["till"],
    disconnected: ["till"],
    "needs-attention": ["till", "health"],
    error: ["code", "request_id"],
    navigate: ["path"],
  };
  const heights = {};
  const fault = (why) => new TypeError("Passerelle: " + why);
  const one = (list, name, value) => {
    if (value != null && !list.includes(value)) throw fault(name + " is one of " + list.join(", "));
    return value || undefined;
  };
  const minted = async (token) => {
    const answer = await token();
    if (typeof answer !== "string" || !answer) throw fault("token() gave no string");
    return answer;
  };

  const mount = (element, { vendor, till, page, token, locale, theme, onEvent, base, title, maxHeight } = {}) => {
    if (!(element instanceof Element)) throw fault("mount() takes an element");
    if (!/^[a-z][a-z0-9-]*$/.test(vendor || "")) throw fault("vendor is a slug");
    if (typeof token !== "function") throw fault("token is a function");
    page = one(PAGES, "page", page) || "connection";
    locale = one(LOCALES, "locale", locale);
    theme = one(THEMES, "theme", theme);
    if (page !== "overview" && !till) throw fault("till is missing");
    base = new URL(base || home).origin;

    const iframe = document.createElement("iframe");
    let path = "/" + vendor;
    if (page !== "overview") path += "/" + encodeURIComponent(till) + (page === "connection" ? "" : "/" + page);
    let gone, question, turn, live, early, since, limit;
    const later = [];
    const states = {};
    const post = (message) => iframe.contentWindow && iframe.contentWindow.postMessage({ passerelle: 1, ...message }, base);
    // Until the frame has its session, it listens to tokens alone.
    const send = (message) => (live ? post(message) : later.push(message));
    const tell = (name, detail) => onEvent && queueMicrotask(() => gone || onEvent({ name, detail }));
    const ask = () => {
      since = Date.now();
      clearTimeout(limit);
      const late = new Promise((_, fail) => {
        limit = setTimeout(() => fail(fault("token() took more than 20 s")), 20000);
      });
      early = Promise.race([minted(token), late]);
      early.catch(() => {});
    };
    const answer = async () => {
      const mine = (turn = {});
      // Too old, it would be refused.
      if (!early || Date.now() - since > 200000) ask();
      const asking = early;
      early = 0;
      let message = { type: "no-token" };
      try {
        message = { type: "token", token: await asking, address: location.href, locale, theme };
      } catch (cause) {
        if (mine === turn) tell("error", { code: "host_no_token", request_id: "", cause });
      }
      if (mine === turn && !gone) post(message);
    };
    const resize = (height) => {
      iframe.style.height = Math.max(120, maxHeight ? Math.min(height, maxHeight) : height) + "px";
    };
    const hear = ({ source, origin, data }) => {
      if (!source || source !== iframe.contentWindow || origin !== base || !data || data.passerelle !== 1) return;
      const { type, name, detail, height, id } = data;
      if (type === "hello" && id !== question && typeof data.vendor === "string") {
        question = id;
        live = false;
        answer();
      }
      if (type === "renew") answer();
      if (type === "size" && Number.isInteger(height) && height >= 0 && height < 100000) resize((heights[base + path] = height));
      if (type === "scroll" && iframe.getBoundingClientRect().top < 0) iframe.scrollIntoView();
      if (type !== "event" || typeof name !== "string" || !EVENTS[name] || !detail) return;
      const known = {};
      for (const field of EVENTS[name]) {
        if (typeof detail[field] !== "string") return;
        known[field] = detail[field];
      }
      if (name === "navigate") path = known.path;
      if (name === "ready") {
        live = true;
        later.splice(0).forEach(post);
      }
      if (known.till !== undefined) {
        // Each page of the frame tells it; a host hears what is new.
        const before = states[known.till];
        const now = (states[known.till] = name + known.health);
        if (before === now || (!before && name === "disconnected")) return;
      }
      tell(name, known);
    };

    iframe.title = title || (/^fr/.test(locale || document.documentElement.lang) ? "Connexion à HubRise" : "HubRise connection");
    iframe.allow = "clipboard-write";
    iframe.referrerPolicy = "no-referrer";
    Object.assign(iframe.style, { width: "100%", border: "0", display: "block" });
    resize(heights[base + path] || 480);
    iframe.src = base + path + "#passerelle?" + new URLSearchParams(JSON.parse(JSON.stringify({ locale, theme })));
    addEventListener("message", hear);
    ask();
    element.append(iframe);

    return {
      iframe,
      setTheme(value) {
        theme = one(THEMES, "theme", value);
        send({ type: "set-theme", theme });
      },
      setLocale(value) {
        locale = one(LOCALES, "locale", value);
        send({ type: "set-locale", locale });
      },
      open(page, other) {
        send({ type: "open", page: one(PAGES, "page", page), till: other || till });
      },
      focus() {
        iframe.focus();
        send({ type: "focus" });
      },
      destroy() {
        if (gone) return;
        gone = true;
        removeEventListener("message", hear);
        clearTimeout(limit);
        post({ type: "end" });
        // Gone at once, it would not hear of it.
        iframe.style.display = "none";
        setTimeout(() => iframe.remove(), 200);
      },
    };
  };

  class Console extends HTMLElement {
    static get observedAttributes() {
      return ["vendor", "till", "page", "locale", "theme", "base", "token-url"];
    }
    connectedCallback() {
      this.style.display = "block";
      this.attributeChangedCallback("vendor");
    }
    disconnectedCallback() {
      if (this.held) this.held.destroy();
      this.held = null;
    }
    // What changes together is acted upon once.
    attributeChangedCallback(changed, before, after = null) {
      if (before === after) return;
      if (!this.due) queueMicrotask(() => this.catchUp());
      this.due = (this.due || "") + changed + " ";
    }
    catchUp() {
      const { due, held } = this;
      this.due = "";
      if (!this.isConnected) return;
      const options = {};
      for (const name of ["vendor", "till", "page", "locale", "theme", "base", "title"])
        options[name] = this.getAttribute(name) || undefined;
      const { till, page = "connection", locale, theme = "auto" } = options;
      if (!held || /vendor|base|token/.test(due)) {
        this.disconnectedCallback();
        options.token = () => this.mint(this.getAttribute("token-url"));
        options.onEvent = ({ name, detail }) =>
          this.dispatchEvent(new CustomEvent("passerelle-" + name, { detail, bubbles: true }));
        if (options.vendor) this.held = mount(this, options);
      } else {
        if (/theme/.test(due)) held.setTheme(theme);
        if (/locale/.test(due)) held.setLocale(locale);
        if (/till|page/.test(due)) held.open(page, till);
      }
    }
    async mint(url) {
      if (typeof this.token === "function") return this.token();
      if (!url) return this.token;
      const headers = { accept: "application/json" };
      const answer = await fetch(url, { method: "POST", credentials: "same-origin", headers });
      if (!answer.ok) throw fault("token-url answered " + answer.status);
      return (await answer.json()).token;
    }
  }
  if (!customElements.get("passerelle-console")) customElements.define("passerelle-console", Console);

  const decode = (part) => {
    try {
      const bytes = atob(part.replace(/-/g, "+").replace(/_/g, "/"));
      return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
    } catch (unreadable) {
      throw fault("no JWT");
    }
  };
  const diagnose = async ({ vendor, token, base } = {}) => {
    base = new URL(base || home).origin;
    const found = [];
    const check = (ok, what, fix) => found.push({ ok: !!ok, what, fix: ok ? "" : fix }) && ok;
    check(base !== location.origin, "console: " + base, "load embed.js from the console (script-src), or pass base");
    check(isSecureContext, "secure context", "serve this page by https");

    const blocked = [];
    const note = ({ effectiveDirective }) => blocked.push(effectiveDirective);
    addEventListener("securitypolicyviolation", note);
    const probe = document.createElement("iframe");
    probe.style.display = "none";
    probe.src = base + "/embed/1/embed.js";
    const loaded = new Promise((done) => {
      probe.onload = () => setTimeout(done, 100);
      setTimeout(done, 3000);
    });
    document.body.append(probe);
    let facts;
    try {
      const query = encodeURIComponent(vendor) + "?origin=" + encodeURIComponent(location.origin);
      const answer = await fetch(base + "/api/v1/embed/" + query, { credentials: "omit" });
      if (check(answer.ok, "vendor " + vendor, "unknown to the console (" + answer.status + ")")) facts = await answer.json();
    } catch (failed) {
      check(0, "the console answers", "is it up? Only to diagnose: connect-src " + base);
    }
    await loaded;
    probe.remove();
    removeEventListener("securitypolicyviolation", note);
    check(!blocked.includes("frame-src"), "this page's policy allows the frame", "frame-src " + base);
    check(!self.crossOriginIsolated, "no Cross-Origin-Embedder-Policy", "leave it away on this page");
    check(1, "Cross-Origin-Opener-Policy: any will do");
    let box;
    try {
      box = frameElement.getAttribute("sandbox");
    } catch (unseen) {}
    const rights = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
    const lacks = box != null && rights.split(" ").some((right) => !box.split(" ").includes(right));
    const where = window.top === window ? "in no iframe" : "in an iframe";
    check(!lacks && self.origin !== "null", "this page: " + where, "its sandbox needs " + rights);
    const audience = facts ? facts.audience : base;
    const now = (facts ? Date.parse(facts.now) : Date.now()) / 1000;
    if (facts) {
      check(facts.origin_allowed, "origin " + location.origin, "add it to the profile's origins");
      const apart = Math.round(Date.now() / 1000 - now);
      check(Math.abs(apart) < 60, "this clock is " + apart + " s off the console's", "set it");
    }
    if (token)
      try {
        const text = await minted(token);
        const parts = text.split(".");
        check(text.length < 4097 && parts.length === 3, "token of " + text.length + " characters", "a JWT of 4096 at most");
        const [{ alg }, claims] = parts.slice(0, 2).map(decode);
        const { iss, aud, tills, role, iat, exp, nbf, name = "", locale = "fr" } = claims;
        if (facts) check(facts.algorithms.includes(alg), "alg " + alg, "one of " + facts.algorithms);
        check(iss === vendor, "iss " + iss, "must be " + vendor);
        check(aud === audience, "aud " + aud, "must be " + audience);
        for (const [claim, least] of [["sub", 1], ["merchant", 1], ["jti", 16]]) {
          const value = claims[claim];
          check(typeof value === "string" && value.length >= least && value.length < 129, claim, least + " to 128 characters");
        }
        check(Array.isArray(tills) && tills.length && tills.length < 33, "tills", "1 to 32 till ids of the profile");
        check(["manager", "viewer", "support"].includes(role), "role " + role, "manager, viewer or support");
        check(name.length < 121 && LOCALES.includes(locale), "name, locale", "120 characters at most; fr or en");
        check(exp > iat && exp - iat <= 300, "lives " + (exp - iat) + " s", "exp - iat: 300 at most, in seconds");
        check(exp > now, "not expired", "mint in token(), set that server's clock");
        check(!(iat > now + 30 || nbf > now + 30), "not from the future", "set that server's clock");
      } catch (cause) {
        check(0, "token() brings a token", cause + "");
      }
    console.table(found);
    return found;
  };

  window.Passerelle = Object.freeze({ version: "1.0.0", mount, diagnose });
})();
