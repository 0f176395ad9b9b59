// The built app starts at all: the page a newcomer opens has its button, is accessible, and logs no error.
import { expect, test } from "./fixtures.ts";

test("the console opens on a till that can be connected", async ({ page, axe }) => {
  await page.goto("/pos-helper/caisse");
  await expect(page.getByRole("button", { name: "Connecter", exact: true })).toBeEnabled();
  await axe(page);
});

test("every request a test makes HubRise see can be read back", async ({ sandbox, services }) => {
  await fetch(`${services.sandbox}/v1/location`);
  const [seen] = await sandbox.requests("/v1/location");
  expect(seen).toMatchObject({ method: "GET", status: 401 });
});
