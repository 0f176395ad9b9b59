/** Passerelle's embedding, version 1: what `/embed/1.0.0/embed.js` puts on a page. docs/embedding.md tells the rest. */

export {};

declare global {
  const Passerelle: Passerelle.Api;

  interface Window {
    readonly Passerelle: Passerelle.Api;
  }

  interface HTMLElementTagNameMap {
    "passerelle-console": Passerelle.ConsoleElement;
  }

  interface HTMLElementEventMap {
    "passerelle-ready": CustomEvent<Passerelle.Details["ready"]>;
    "passerelle-connected": CustomEvent<Passerelle.Details["connected"]>;
    "passerelle-disconnected": CustomEvent<Passerelle.Details["disconnected"]>;
    "passerelle-needs-attention": CustomEvent<Passerelle.Details["needs-attention"]>;
    "passerelle-error": CustomEvent<Passerelle.Details["error"]>;
    "passerelle-navigate": CustomEvent<Passerelle.Details["navigate"]>;
  }

  namespace Passerelle {
    type Page = "overview" | "connection" | "configuration" | "operations" | "menu" | "stock";
    type Locale = "fr" | "en";
    type Theme = "light" | "dark" | "auto";
    type Health = "unpaid" | "revoked" | "blocked" | "refused";
    /** Brings a new embed token from the back office's server, each time it is called. It has 20 s. */
    type Mint = () => string | Promise<string>;

    interface Details {
      /** A page of the console is shown. */
      ready: { page: string };
      /** The till is connected: said once, when it is first known, and whenever it becomes so. */
      connected: { till: string };
      /** The till was connected, and is no more. */
      disconnected: { till: string };
      /** The till is connected, but somebody has to do something. */
      "needs-attention": { till: string; health: Health };
      /** Something failed; `request_id` is what to quote to support, and may be empty. */
      error: {
        code: string;
        request_id: string;
        /** With `host_no_token`: what `token()` threw. */
        cause?: unknown;
      };
      /** The frame shows another page: its path at the console. */
      navigate: { path: string };
    }

    /** One of {@link Details}, with its name. */
    type ConsoleEvent = { [Name in keyof Details]: { name: Name; detail: Details[Name] } }[keyof Details];

    interface Options {
      /** The slug the console knows the vendor by. */
      vendor: string;
      /** The till's id in the profile. Only the page `overview` goes without. */
      till?: string;
      /** `connection` when left out. */
      page?: Page;
      token: Mint;
      /** The token's, or the browser's, when left out. */
      locale?: Locale;
      /** `auto` when left out: what the user's system prefers. */
      theme?: Theme;
      onEvent?: (event: ConsoleEvent) => void;
      /** The console's origin; where embed.js came from when left out. */
      base?: string;
      /** The iframe's title, for those who hear the page. */
      title?: string;
      /** The most CSS pixels the frame may grow to; beyond that it scrolls inside. */
      maxHeight?: number;
    }

    interface Mounted {
      /** The element itself. Its height is set for you. */
      readonly iframe: HTMLIFrameElement;
      setTheme(theme: Theme): void;
      setLocale(locale: Locale): void;
      /** Shows another page; of the same till, unless another is named. */
      open(page: Page, till?: string): void;
      /** Puts the focus into the console's content. */
      focus(): void;
      /** Ends the session and leaves nothing behind: hidden at once, removed 0.2 s later. A second call does nothing. */
      destroy(): void;
    }

    /** One line of a diagnosis. */
    interface Finding {
      ok: boolean;
      /** What was looked at, and found. */
      what: string;
      /** What to do; empty where all is well. */
      fix: string;
    }

    interface Api {
      readonly version: string;
      /** @throws TypeError when an option is missing or is none of those it may be. */
      mount(element: Element, options: Options): Mounted;
      /** Tells what is missing, and prints it as a table. The token is decoded here and sent nowhere. */
      diagnose(about: { vendor: string; token?: Mint; base?: string }): Promise<Finding[]>;
    }

    /** `<passerelle-console>`; its attributes are `vendor till page locale theme base token-url title`. */
    interface ConsoleElement extends HTMLElement {
      /** In place of the attribute `token-url`. */
      token?: Mint | string;
    }
  }
}
