// What every spec starts from: a console and a sandbox of the test's own, and a page that may log no error, call nobody but
// the console, and let no secret of OAuth into an address. Journeys and expectations live in the specs.
import { test as base, expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { Callbacks } from "./callbacks.ts";
import { CarrePos } from "./carre-pos.ts";
import { Console } from "./console.ts";
import { Customers } from "./customers.ts";
import { HubRise } from "./hubrise.ts";
import { Orders } from "./orders.ts";
import { PixelPoint } from "./pixelpoint.ts";
import { Sandbox } from "./sandbox.ts";
import { type Services, type Settings, startServices } from "./services.ts";
import { type Words, wordsOf } from "./words.ts";

interface PerTest {
  /** What this test's console is set to beside the usual; an option: `test.use({ settings: … })`. */
  settings: Settings;
  /** The console and the sandbox. */
  services: Services;
  /** The sandbox's control calls. */
  sandbox: Sandbox;
  /** Orders made and changed at HubRise. */
  orders: Orders;
  /** Customers changed and anonymised at HubRise. */
  customers: Customers;
  /** How HubRise sends events to the console. */
  callbacks: Callbacks;
  /** PixelPoint's stand-in and its kitchen. */
  pixelpoint: PixelPoint;
  /** Where the vendors' back offices are, on another site than the console; without a trailing slash. */
  offices: string;
  /** The sandbox's Carré POS till. */
  carrePos: CarrePos;
  /** What a person does on HubRise's pages. */
  hubrise: HubRise;
  /** What a person does in the console. */
  app: Console;
  /** The console's words in the browser's language. */
  words: Words;
  /** Checks a page with axe in both colour schemes. */
  axe: (page: Page) => Promise<void>;
  /** Messages of errors that a test provokes on purpose; any other fails it. */
  expectedErrors: RegExp[];
  /** Watches a page as `page` is watched; for a test that opens more than one. */
  watched: (page: Page) => Page;
}

export const test = base.extend<PerTest>({
  settings: [{}, { option: true }],

  services: async ({ settings }, use, info) => {
    const services = await startServices(info.outputPath("services"), settings);
    await use(services);
    await services.stop();
  },

  baseURL: async ({ services }, use) => {
    await use(services.console);
  },

  sandbox: async ({ services }, use) => {
    await use(new Sandbox(services.sandbox));
  },

  orders: async ({ services }, use) => {
    await use(new Orders(services.sandbox));
  },

  customers: async ({ services }, use) => {
    await use(new Customers(services.sandbox));
  },

  callbacks: async ({ services }, use) => {
    await use(new Callbacks(services.sandbox, services.console));
  },

  pixelpoint: async ({ services }, use) => {
    await use(new PixelPoint(services.sandbox));
  },

  offices: async ({ services }, use) => {
    await use(services.offices);
  },

  carrePos: async ({ services }, use) => {
    await use(new CarrePos(services.sandbox));
  },

  hubrise: async ({ page }, use) => {
    await use(new HubRise(page));
  },

  app: async ({ page, words }, use) => {
    await use(new Console(page, words));
  },

  words: async ({ locale }, use) => {
    await use(wordsOf(locale ?? "en"));
  },

  axe: async ({}, use) => {
    await use(expectAccessible);
  },

  expectedErrors: async ({}, use) => {
    await use([]);
  },

  watched: async ({ services, expectedErrors }, use) => {
    const wrong: string[] = [];
    const own = `${services.console}/`;
    await use((page) => {
      page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
      // A broken content security policy is logged as an error too.
      page.on("console", (message) => {
        // The sandbox's own pages are not what is under test.
        if (message.type() === "error" && page.url().startsWith(own)) wrong.push(message.text());
      });
      page.on("request", (request) => {
        if (!page.url().startsWith(own) || request.isNavigationRequest()) return;
        const url = request.url();
        if (!url.startsWith(own) && !url.startsWith("data:")) wrong.push(`a request to a third party: ${url}`);
        // How an operation stands is no secret of OAuth's.
        const filtered = /\/connections\/[^/]+\/operations[.\w]*\?/.test(url);
        if (!filtered && /[?&](code|state)=/.test(url)) wrong.push(`a secret in an address: ${url}`);
      });
      return page;
    });
    const unexpected = wrong.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)));
    expect(unexpected, "errors of the pages").toEqual([]);
  },

  page: async ({ page, watched }, use) => {
    await use(watched(page));
  },
});

export { expect };
export { BELLA, CAISSE, CALLBACK, CARRE, COMPTOIR, Console, DUBOIS, PIXELPOINT, SOMMIT } from "./console.ts";
export { HubRise, people } from "./hubrise.ts";
export { HARBOR } from "./orders.ts";
export { API_TOKEN } from "./pixelpoint.ts";
export { fill, words as allWords } from "./words.ts";
