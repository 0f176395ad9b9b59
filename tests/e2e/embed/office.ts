// What a person does in a vendor's back office (the sandbox's), and the console inside its page. The frame is on another site
// than the page around it.
import { expect, type Frame, type Locator, type Page } from "@playwright/test";
import { Console } from "../console.ts";
import { HubRise, type Picked } from "../hubrise.ts";
import type { Words } from "../words.ts";

/** Where each vendor's users find the console, as their menus lead there. */
export const HELPER = "/pos-helper/ventes/hubrise-integration";
export const CARRE_OFFICE = "/carre-pos/hubrise/configuration";
export const CARRE_STOCK = "/carre-pos/hubrise/stocks";
export const SOMMIT_OFFICE = "/somm-it/parametres/donnees/caisse-enregistreuse";
export const BRIDGE_OFFICE = "/pixelpoint-bridge/connexions";
export const BRIDGE_OPERATIONS = "/pixelpoint-bridge/operations";
export const BRIDGE_CONNECTION = "/pixelpoint-bridge/connexion";
export const BRIDGE_CONFIGURATION = "/pixelpoint-bridge/reglages";

/** What a page of a back office may be asked for: see the sandbox's `offices/visit.rs`. */
export type Asked = Partial<Record<"user" | "merchant" | "variant" | "fault" | "lang" | "theme" | "coop" | "till", string>>;

export class Office {
  constructor(
    readonly page: Page,
    readonly url: string,
    readonly console: string,
    readonly words: Words,
  ) {}

  /** Opens a page of the back office; the console in it may still be on its way. */
  async open(path: string, asked: Asked = {}): Promise<void> {
    const query = new URLSearchParams(asked).toString();
    await this.page.goto(`${this.url}${path}${query && `?${query}`}`);
  }

  /** The page's iframe. */
  get iframe(): Locator {
    return this.page.locator("iframe").first();
  }

  /** The console inside it, once it shows its content. */
  async inside(): Promise<Console> {
    const app = await this.frame();
    await app.ready();
    return app;
  }

  /** The console inside it, whatever it shows. */
  async frame(): Promise<Console> {
    const origin = this.console;
    await expect.poll(() => this.page.frames().some((frame) => frame.url().startsWith(origin))).toBe(true);
    const frame = this.page.frames().find((one) => one.url().startsWith(origin)) as Frame;
    // A frame answers to what a page answers to, as far as the console is concerned.
    return new Console(frame as unknown as Page, this.words);
  }

  /** What the console told the page: by name. */
  told(name: string): Locator {
    return this.page.locator(`#events [data-name="${name}"]`);
  }

  /** One of the tools around the console. */
  tool(act: string): Locator {
    return this.page.locator(`[data-act="${act}"]`);
  }

  /** **Connecter** in the frame, and HubRise in the window that opens; it closes by itself. */
  async connect(press: Locator, email: string | undefined, picked: Picked = {}): Promise<void> {
    const opening = this.page.waitForEvent("popup");
    await press.click();
    const window = await opening;
    await new HubRise(window).authorise(email, picked);
    if (!window.isClosed()) await window.waitForEvent("close");
  }
}
