// What every spec starts from: a console and a sandbox of the worker's own, a clean sandbox before each test,
// and a page that may log no error. Journeys and expectations live in the specs.
import { test as base, expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { HubRise } from "./hubrise.ts";
import { Sandbox } from "./sandbox.ts";
import { type Services, startServices } from "./services.ts";

interface PerWorker {
  services: Services;
}

interface PerTest {
  /** The sandbox's control calls; reset before each test. */
  sandbox: Sandbox;
  /** What a person does on HubRise's pages. */
  hubrise: HubRise;
  /** Checks a page with axe in both colour schemes. */
  axe: (page: Page) => Promise<void>;
  /** Messages of errors that a test provokes on purpose; any other fails it. */
  expectedErrors: RegExp[];
}

export const test = base.extend<PerTest, PerWorker>({
  services: [
    async ({}, use, worker) => {
      const services = await startServices(worker.workerIndex);
      await use(services);
      await services.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ services }, use) => {
    await use(services.console);
  },

  sandbox: [
    async ({ services }, use) => {
      const sandbox = new Sandbox(services.sandbox);
      await sandbox.reset();
      await use(sandbox);
    },
    { auto: true },
  ],

  hubrise: async ({ page }, use) => {
    await use(new HubRise(page));
  },

  axe: async ({}, use) => {
    await use(expectAccessible);
  },

  expectedErrors: async ({}, use) => {
    await use([]);
  },

  // The console must not log an error, break its content security policy or panic unnoticed.
  page: async ({ page, services, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      // The sandbox's own pages are not what is under test.
      if (message.type() === "error" && page.url().startsWith(services.console)) errors.push(message.text());
    });
    await use(page);
    const unexpected = errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)));
    expect(unexpected, "errors logged by the page").toEqual([]);
  },
});

export { expect };
export { people } from "./hubrise.ts";
