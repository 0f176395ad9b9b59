// How the browser tests run: which Chromium, which screens, where results go. What they prove lives in the specs.
import { defineConfig } from "@playwright/test";

// `cargo xtask test` finds (or installs) the browser and says where it is; by hand, Debian's place is the guess.
const executablePath = process.env["PASSERELLE_CHROMIUM"] ?? "/usr/bin/chromium";

// Chromium's sandbox cannot start as root, and a test browser has nobody to phone home for.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "results",
  // Each test starts a console and a sandbox of its own (see fixtures.ts), so two may run side by side.
  workers: 2,
  fullyParallel: true,
  // A test that passes the second time is a broken test.
  retries: 0,
  forbidOnly: true,
  // Every step has a limit of its own; this one stops a test that goes in circles, on the slowest machine.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [["line"], ["json", { outputFile: process.env["PASSERELLE_E2E_REPORT"] ?? "report/results.json" }]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args },
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    // What cannot be pressed after this long will not be.
    actionTimeout: 30_000,
    // Recording every step costs a tenth of the time: asked for when a failure has to be understood.
    trace: process.env["PASSERELLE_TRACE"] === undefined ? "off" : { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
  },
  projects: [
    // A test runs on the desktop unless its tag says where: what is the same on a phone is proved once.
    { name: "desktop", grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
    {
      name: "phone",
      grep: /@phone|@everywhere/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
});
