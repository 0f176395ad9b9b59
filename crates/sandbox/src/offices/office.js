// What a back office's page does around the console: it mounts it, hands it tokens, notes what it tells, and lets a visitor
// (or a test) press what a page could do. Plain script; what it needs to know stands in the page's `data-` attributes.
"use strict";
(() => {
  const root = document.documentElement;
  const events = document.getElementById("events");
  const themes = ["auto", "light", "dark"];
  const places = [...document.querySelectorAll("[data-console]")];
  const elements = [...document.querySelectorAll("passerelle-console")].map((element) => ({ element, parent: element.parentNode }));
  const first = places[0]?.dataset;
  const state = {
    theme: root.dataset.theme ?? "auto",
    locale: root.lang,
    /** What `Passerelle.mount` gave back, by place. */
    mounted: new Map(),
  };

  /** Adds a line to what the console told; the last fifty stay. */
  const note = (where, name, detail) => {
    const line = document.createElement("p");
    line.dataset.name = name;
    line.dataset.where = where;
    line.dataset.detail = JSON.stringify(detail ?? {});
    line.textContent = `${where} ${name} ${line.dataset.detail}`;
    events.append(line);
    while (events.childElementCount > 50) events.firstElementChild.remove();
    events.scrollTop = events.scrollHeight;
  };

  const token = async (address) => {
    const answer = await fetch(address, { method: "POST" });
    if (!answer.ok) throw new Error(`the back office's server gave no token: ${answer.status}`);
    return answer.text();
  };

  /** A page that answers each question once more, with the same token and with another: it should do no harm. */
  const answerTwice = (place, handle) => {
    const { origin, token: address } = place.dataset;
    let last;
    addEventListener("message", async ({ source, origin: from, data }) => {
      const asked = data?.passerelle === 1 && (data.type === "hello" || data.type === "renew");
      if (!asked || from !== origin || source !== handle.iframe.contentWindow) return;
      // A question that is only repeated has been answered.
      if (data.id !== undefined && data.id === last) return;
      last = data.id;
      const more = await token(address);
      for (const one of [more, more, await token(address)]) {
        handle.iframe.contentWindow?.postMessage({ passerelle: 1, type: "token", token: one, address: location.href }, origin);
      }
    });
  };

  const mount = (place, number) => {
    const { vendor, till, page, title, token: address, fault } = place.dataset;
    const handle = Passerelle.mount(place, {
      vendor,
      till,
      page,
      title,
      locale: state.locale,
      theme: state.theme,
      token: () => token(address),
      onEvent: ({ name, detail }) => note(`#${number + 1}`, name, detail),
    });
    state.mounted.set(place, handle);
    if (fault === "twice") answerTwice(place, handle);
  };

  const unmount = (place) => {
    state.mounted.get(place)?.destroy();
    state.mounted.delete(place);
  };

  const isMounted = () => state.mounted.size > 0 || elements.some(({ element }) => element.isConnected);

  const mountAll = () => {
    places.forEach(mount);
    for (const { element, parent } of elements) {
      element.setAttribute("theme", state.theme);
      element.setAttribute("locale", state.locale);
      if (!element.isConnected) parent.append(element);
    }
  };

  const unmountAll = () => {
    places.forEach(unmount);
    for (const { element } of elements) element.remove();
  };

  const showState = () => {
    for (const name of ["theme", "locale"]) document.getElementById(name).textContent = state[name];
    const button = document.querySelector("[data-act=mount]");
    button.textContent = isMounted() ? button.dataset.off : button.dataset.on;
  };

  const acts = {
    theme: () => {
      state.theme = themes[(themes.indexOf(state.theme) + 1) % themes.length];
      if (state.theme === "auto") delete root.dataset.theme;
      else root.dataset.theme = state.theme;
      for (const handle of state.mounted.values()) handle.setTheme(state.theme);
      for (const { element } of elements) element.setAttribute("theme", state.theme);
    },
    locale: () => {
      state.locale = state.locale === "fr" ? "en" : "fr";
      for (const handle of state.mounted.values()) handle.setLocale(state.locale);
      for (const { element } of elements) element.setAttribute("locale", state.locale);
    },
    mount: () => (isMounted() ? unmountAll() : mountAll()),
    focus: () => {
      const [handle] = state.mounted.values();
      if (handle) handle.focus();
      else elements[0]?.element.querySelector("iframe")?.focus();
    },
    open: () => {
      const page = document.getElementById("open-page").value;
      for (const handle of state.mounted.values()) handle.open(page, first?.till);
      for (const { element } of elements) element.setAttribute("page", page);
    },
    diagnose: async () => {
      const vendor = first?.vendor ?? elements[0]?.element.getAttribute("vendor");
      const address = first?.token ?? elements[0]?.element.getAttribute("token-url").replace(/[?&]as=json$/, "");
      const found = await Passerelle.diagnose({ vendor, token: () => token(address), base: first?.origin });
      for (const one of found) note("?", "diagnose", one);
    },
  };

  /** A page that changes its views by itself: the console lives only as long as its view is shown. */
  const views = [...document.querySelectorAll("[data-view]")];
  const links = [...document.querySelectorAll("[data-to]")];
  const wanted = () => (new URLSearchParams(location.search).get("view") === "other" ? "other" : "console");
  const showView = () => {
    const name = wanted();
    unmountAll();
    for (const view of views) view.hidden = view.dataset.view !== name;
    for (const link of links) {
      if (link.dataset.to === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (name === "console") mountAll();
    showState();
  };
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.href !== location.href) history.pushState(null, "", link.href);
      showView();
    });
  }

  // Menus that drop down close when one looks elsewhere.
  const drops = [...document.querySelectorAll("details[name=office]")];
  const close = (but) => drops.forEach((drop) => drop.contains(but) || (drop.open = false));
  addEventListener("click", ({ target }) => close(target));
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const open = drops.find((drop) => drop.open && drop.contains(document.activeElement));
    close(null);
    open?.querySelector("summary").focus();
  });

  if (typeof Passerelle === "undefined") {
    note("!", "script", { missing: "embed.js" });
    return;
  }
  for (const { element } of elements) {
    for (const name of ["ready", "connected", "disconnected", "needs-attention", "error", "navigate"]) {
      element.addEventListener(`passerelle-${name}`, ({ detail }) => note("<>", name, detail));
    }
  }
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", async () => {
      try {
        await acts[button.dataset.act]();
      } catch (error) {
        note("!", "page", { error: String(error) });
      }
      showState();
    });
  }
  if (views.length > 0) {
    addEventListener("popstate", showView);
    showView();
  } else {
    if (elements.length === 0) mountAll();
    showState();
  }
})();
