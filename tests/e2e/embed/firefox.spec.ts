// The four back offices in Firefox, as far as a user walks them: connected in a window of HubRise's own, seen, used and
// disconnected, with third-party cookies blocked. What each page says in detail is proved in Chromium.
import { expect, people, test as base } from "../fixtures.ts";
import { Firefox, findFirefox } from "../firefox.ts";
import { support } from "../hubrise.ts";
import { BRIDGE_CONFIGURATION, BRIDGE_CONNECTION, BRIDGE_OPERATIONS, CARRE_OFFICE, CARRE_STOCK, HELPER, SOMMIT_OFFICE } from "./office.ts";

const program = findFirefox();

const test = base.extend<{ firefox: Firefox }>({
  firefox: async ({}, use) => {
    const firefox = await Firefox.start(program ?? "firefox");
    await use(firefox);
    await firefox.stop();
  },
});

test.skip(program === undefined, "Firefox is not installed, and PASSERELLE_FIREFOX names none");

const button = (name: string, within = ""): string => `${within}//button[normalize-space()="${name}"]`;
const heading = (text: string): string => `//h1[contains(normalize-space(), "${text}")]`;
const saying = (text: string): string => `//main//*[contains(text(), "${text}")]`;

/** HubRise's pages, as somebody who signs in there, or is signed in. */
async function allow(firefox: Firefox, email?: string): Promise<void> {
  if (email) await firefox.press(`//button[contains(., "${email}")]`);
  await firefox.press(button("Autoriser"));
}

/** Opens a page of a back office, and looks into the console in it. */
async function open(firefox: Firefox, url: string): Promise<void> {
  await firefox.leave();
  await firefox.go(url);
  await firefox.enter();
}

/** No cookie of the console's in its frame. */
async function expectNoCookies(firefox: Firefox): Promise<void> {
  expect(await firefox.evaluate<string>("return document.cookie")).toBe("");
}

test("POS HELPER: connected, verified and disconnected", async ({ firefox, offices }) => {
  await open(firefox, offices + HELPER);
  await firefox.see(heading("Pas encore connecté à HubRise"));
  await expectNoCookies(firefox);
  await firefox.window(button("Connecter"), () => allow(firefox, people.nina));
  await firefox.enter();
  await firefox.see(heading("Connecté à HubRise"));
  await firefox.see(saying("Bella Pizza"));
  await open(firefox, `${offices}${HELPER}?merchant=resto-2`);
  await firefox.see(heading("Pas encore connecté à HubRise"));
  await open(firefox, offices + HELPER);
  await firefox.press(button("Déconnecter"));
  await firefox.press(button("Déconnecter", "//dialog[@open]"));
  await firefox.see(heading("Pas encore connecté à HubRise"));
  await expectNoCookies(firefox);
});

test("SOMM'IT: a card connected and its connection deleted", async ({ firefox, offices }) => {
  const card = `//li[.//*[normalize-space()="Tiller"]]`;
  await open(firefox, offices + SOMMIT_OFFICE);
  await firefox.window(button("Connecter", card), () => allow(firefox, people.nina));
  await firefox.enter();
  await firefox.see(`${card}//*[contains(text(), "Connectée")]`);
  await firefox.press(button("Détails", card));
  await firefox.press(button("Déconnexion"));
  await firefox.press(button("Oui", "//dialog[@open]"));
  await firefox.see(`${card}[not(.//*[contains(text(), "Connectée")])]`);
});

test("Carré POS: support connects, the manager sees the stock's page and disconnects", async ({ firefox, offices, sandbox }) => {
  await sandbox.addUser("3r4s3", support["carre-pos"]);
  await open(firefox, `${offices}${CARRE_OFFICE}?user=support`);
  await firefox.window(button("Connecter"), () => allow(firefox, support["carre-pos"]));
  await firefox.enter();
  await firefox.see(heading("Connecté à HubRise"));
  await open(firefox, offices + CARRE_STOCK);
  await firefox.see(heading("La caisse n’a pas encore de clé"));
  await open(firefox, offices + CARRE_OFFICE);
  await firefox.press(button("Déconnecter"));
  await firefox.press(button("Déconnecter", "//dialog[@open]"));
  await firefox.see(heading("Pas encore connecté à HubRise"));
});

test("PixelPoint Bridge: connected, its pages read, disconnected", async ({ firefox, offices }) => {
  await open(firefox, offices + BRIDGE_CONNECTION);
  await firefox.window(button("Connecter"), () => allow(firefox, people.kate));
  await firefox.enter();
  await firefox.see(saying("Boston"));
  await open(firefox, offices + BRIDGE_CONFIGURATION);
  await firefox.see(`//label[normalize-space()="Jeton d’API"]`);
  await open(firefox, offices + BRIDGE_OPERATIONS);
  await firefox.see(`//main[@data-ready="true"]//h1`);
  await open(firefox, offices + BRIDGE_CONNECTION);
  await firefox.press(button("Déconnecter"));
  await firefox.press(button("Déconnecter", "//dialog[@open]"));
  await firefox.see(heading("Pas encore connecté à HubRise"));
});
