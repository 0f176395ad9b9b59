// As much of a browser as embed.js and frame.js touch: windows with a clock of their own, elements that keep what they
// are given, messages that are cloned on their way. Owns no rule of the embedding; a real browser has tests of its own.

import { readFileSync } from "node:fs";
import vm from "node:vm";

export const CONSOLE = "https://console.example";
export const OFFICE = "https://office.example";

const source = (name) => readFileSync(new URL(`../../public/embed/${name}`, import.meta.url), "utf8");

/** Lets promises, answers and streams come to rest. */
export async function settled() {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((done) => setImmediate(done));
}

/** Time that passes when it is told to. */
export class Clock {
  now = Date.parse("2026-11-23T10:00:00Z");
  timers = new Map();
  #next = 1;

  set(run, delay = 0, every = 0) {
    const id = this.#next++;
    this.timers.set(id, { at: this.now + Math.max(0, Number(delay) || 0), run, every });
    return id;
  }

  clear(id) {
    this.timers.delete(id);
  }

  async pass(milliseconds) {
    const end = this.now + milliseconds;
    await settled();
    for (;;) {
      const [first] = [...this.timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!first) break;
      const [id, timer] = first;
      this.now = Math.max(this.now, timer.at);
      if (timer.every) timer.at += timer.every;
      else this.timers.delete(id);
      timer.run();
      await settled();
    }
    this.now = end;
  }
}

/** An element; a custom one hears of its life as in a browser. */
export class FakeElement extends EventTarget {
  attributes = new Map();
  children = [];
  dataset = {};
  style = {};
  parent = null;
  tag = "";
  scrolled = 0;
  top = 0;

  get isConnected() {
    return this.tag === "html" || (this.parent?.isConnected ?? false);
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name, value) {
    const before = this.getAttribute(name);
    this.attributes.set(name, String(value));
    if (this.constructor.observedAttributes?.includes(name)) this.attributeChangedCallback(name, before, String(value));
  }

  removeAttribute(name) {
    const before = this.getAttribute(name);
    this.attributes.delete(name);
    if (this.constructor.observedAttributes?.includes(name)) this.attributeChangedCallback(name, before, null);
  }

  append(child) {
    child.parent?.children.splice(child.parent.children.indexOf(child), 1);
    child.parent = this;
    this.children.push(child);
    if (child.tag === "iframe") child.contentWindow = child.window;
    if (child.isConnected) child.connectedCallback?.();
    child.onload?.();
  }

  remove() {
    if (!this.parent) return;
    this.parent.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
    if (this.tag === "iframe") this.contentWindow = null;
    this.disconnectedCallback?.();
  }

  scrollIntoView() {
    this.scrolled += 1;
  }

  focus() {
    this.focused = true;
  }

  click() {
    this.clicked = true;
  }

  getBoundingClientRect() {
    return { top: this.top, height: this.height ?? 0 };
  }
}

/** A window: global object, document, clock, and what it was seen to do. */
export function browser({ address, clock = new Clock(), fetch, parent, denied = false, store = {} }) {
  const url = new URL(address);
  const events = new EventTarget();
  const listeners = [];
  const elements = { main: null, shell: null, ready: null, dialogs: [] };
  const seen = { history: [], opened: [], assigned: [], logged: [], posted: [] };
  const root = Object.assign(new FakeElement(), { tag: "html" });
  const body = Object.assign(new FakeElement(), { tag: "body" });
  root.append(body);
  const defined = new Map();
  const observers = { mutation: [], resize: [] };

  class PageRequest extends Request {
    constructor(input, init) {
      super(input instanceof Request ? input : new URL(input, url), init);
    }
  }
  class PageDate extends Date {
    static now() {
      return clock.now;
    }
  }
  class Element extends FakeElement {
    constructor() {
      super();
      for (const [name, made] of defined) if (this instanceof made) this.tag = name;
    }
  }
  Object.setPrototypeOf(body, Element.prototype);

  const document = {
    documentElement: root,
    body,
    baseURI: url.href,
    currentScript: null,
    createElement(tag) {
      const made = defined.has(tag) ? new (defined.get(tag))() : Object.assign(new Element(), { tag });
      if (tag === "iframe") {
        const posted = [];
        made.contentWindow = null;
        made.window = { posted, postMessage: (data, target) => posted.push({ data: structuredClone(data), target }) };
      }
      if (tag === "a") seen.file = made;
      return made;
    },
    getElementById: (id) => elements[id] ?? null,
    querySelector: (selector) => (selector === "main[data-ready]" ? elements.ready : null),
    querySelectorAll: (selector) => (selector === "dialog[open]" ? elements.dialogs : []),
    addEventListener: (type, listener) => listeners.push({ on: "document", type, listener }),
  };
  const location = {
    get href() {
      return url.href;
    },
    get origin() {
      return url.origin;
    },
    get pathname() {
      return url.pathname;
    },
    get search() {
      return url.search;
    },
    get hash() {
      return url.hash;
    },
    assign: (to) => seen.assigned.push(to),
  };
  const window = {
    document,
    location,
    origin: url.origin,
    innerWidth: 800,
    innerHeight: 480,
    isSecureContext: true,
    crossOriginIsolated: false,
    frameElement: null,
    history: {
      state: { kept: true },
      replaceState(state, _title, to) {
        seen.history.push({ state, to });
        url.href = new URL(to, url).href;
      },
    },
    addEventListener(type, listener, options) {
      listeners.push({ on: "window", type, listener });
      events.addEventListener(type, listener, options);
    },
    removeEventListener(type, listener, options) {
      const at = listeners.findIndex((known) => known.type === type && known.listener === listener);
      if (at >= 0) listeners.splice(at, 1);
      events.removeEventListener(type, listener, options);
    },
    dispatchEvent: (event) => events.dispatchEvent(event),
    setTimeout: (run, delay) => clock.set(run, delay),
    setInterval: (run, delay) => clock.set(run, delay, delay),
    clearTimeout: (id) => clock.clear(id),
    clearInterval: (id) => clock.clear(id),
    requestAnimationFrame: (run) => clock.set(run, 16),
    open(to, target, features) {
      seen.opened.push({ to, target, features });
      return seen.popup === undefined ? { closed: false } : seen.popup;
    },
    customElements: { get: (name) => defined.get(name), define: (name, made) => defined.set(name, made) },
    MutationObserver: class {
      constructor(run) {
        observers.mutation.push(run);
      }
      observe() {}
    },
    ResizeObserver: class {
      constructor(run) {
        observers.resize.push(run);
      }
      observe() {}
    },
    console: Object.fromEntries(["log", "warn", "error", "table"].map((how) => [how, (what) => seen.logged.push(what)])),
    fetch: async (input, init) => fetch(new PageRequest(input, init)),
    Request: PageRequest,
    Date: PageDate,
    Element,
    HTMLElement: Element,
    // The Node of these tests has no such blobs' addresses for pages.
    URL: Object.assign(class extends URL {}, {
      createObjectURL: (blob) => ((seen.blob = blob), "blob:made"),
      revokeObjectURL: (made) => (seen.revoked = made),
    }),
    ...{ Response, Headers, Event, CustomEvent, MessageEvent, EventTarget, AbortController, AbortSignal },
    ...{ DOMException, TextDecoder, URLSearchParams, queueMicrotask, crypto, btoa, atob, structuredClone },
  };
  Object.defineProperty(window, "sessionStorage", {
    get() {
      if (denied) throw new DOMException("denied", "SecurityError");
      return store;
    },
  });
  window.window = window.self = window;
  window.parent = window.top = parent ?? window;
  vm.createContext(window);

  return {
    window,
    document,
    elements,
    seen,
    clock,
    root,
    body,
    store,
    listeners,
    url,
    /** Runs one of the scripts, as if from `src`. */
    run(name, src) {
      document.currentScript = src ? { src } : null;
      vm.runInContext(source(name), window, { filename: name });
      document.currentScript = null;
    },
    /** Dispatches an event on the window with these properties. */
    happen(type, properties = {}) {
      const event = new Event(type, { cancelable: true });
      for (const [name, value] of Object.entries(properties)) Object.defineProperty(event, name, { value });
      events.dispatchEvent(event);
      return event;
    },
    /** A message comes in. */
    hear({ data, origin, source: from }) {
      this.happen("message", { data: structuredClone(data), origin, source: from });
    },
    /** A click, as the document's listeners see it. */
    click(link, properties = {}) {
      const event = {
        target: { closest: () => link },
        prevented: false,
        stopped: false,
        preventDefault: () => (event.prevented = true),
        stopImmediatePropagation: () => (event.stopped = true),
        ...properties,
      };
      for (const { on, type, listener } of [...listeners]) if (on === "document" && type === "click") listener(event);
      return event;
    },
    /** Something in the document has changed. */
    mutate: () => observers.mutation.forEach((run) => run([])),
    /** Its content has another size. */
    grow(height) {
      root.height = height;
      observers.resize.forEach((run) => run([]));
    },
    /** The host gives the frame another height. */
    stretch(height) {
      window.innerHeight = height;
      this.happen("resize");
    },
  };
}

/** Every string that can be reached from a value by properties, getters and prototypes of its own. */
export function reachable(from) {
  const strings = [];
  const known = new Set();
  const walk = (value) => {
    if (typeof value === "string") strings.push(value);
    if ((typeof value !== "object" && typeof value !== "function") || value === null || known.has(value)) return;
    known.add(value);
    if (value instanceof Map) for (const [key, one] of value) walk(key), walk(one);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === "string") strings.push(key);
      try {
        walk(value[key]);
      } catch {
        // What refuses to be read gives nothing away.
      }
    }
  };
  walk(from);
  return strings;
}
