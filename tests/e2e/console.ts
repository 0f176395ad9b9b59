// What a person sees and presses in the console, in whichever language it speaks. Knows nothing of HubRise's pages.
import { expect, type Locator, type Page } from "@playwright/test";
import { type FailureName, fill, type Words } from "./words.ts";

/** The till whose choices HubRise's page makes. */
export const CAISSE = "/pos-helper/caisse";
/** The till whose choices the console makes. */
export const COMPTOIR = "/pos-helper/comptoir";
/** The till that support connects. */
export const CARRE = "/carre-pos/caisse";
/** The tills that are cards. */
export const SOMMIT = "/somm-it";
/** The till that is connected from HubRise's back office. */
export const PIXELPOINT = "/pixelpoint-bridge/pixelpoint";
/** Where HubRise sends the browser back to. */
export const CALLBACK = "/oauth/callback";

/** What a request id looks like: 128 bits in base32. */
const REFERENCE = /^[a-z2-7]{26}$/;

export class Console {
  constructor(
    readonly page: Page,
    readonly words: Words,
  ) {}

  /** The page's heading: how things stand. */
  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get connect(): Locator {
    return this.button(this.words.till.connect);
  }

  get reconnect(): Locator {
    return this.button(this.words.till.reconnect);
  }

  /** The quiet button on the till's page, not the dialog's. */
  get disconnect(): Locator {
    return this.page.getByRole("group", { name: this.words.till.actions }).getByRole("button", {
      name: this.words.till.disconnect,
      exact: true,
    });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** The one button or link on top of the page that mends the connection. */
  get cure(): Locator {
    const top = this.page.locator(".state");
    return top.getByRole("button").or(top.getByRole("link"));
  }

  /** What unfolds under a heading that contains `title`. */
  panel(title: string | RegExp): Locator {
    return this.page.locator("details").filter({ has: this.page.locator("summary").filter({ hasText: title }) });
  }

  /** Unfolds it. */
  async unfold(title: string | RegExp): Promise<Locator> {
    const panel = this.panel(title);
    await panel.locator("summary").click();
    return panel;
  }

  /** A till's card, where a vendor's tills are cards. */
  card(till: string): Locator {
    return this.main.getByRole("listitem").filter({ has: this.page.getByRole("heading", { name: till, exact: true }) });
  }

  /** The dialog that asks exactly this. */
  question(title: string): Locator {
    return this.page.getByRole("dialog", { name: title, exact: true });
  }

  /** What is announced to a screen reader. */
  get announced(): Locator {
    return this.page.locator("body > [role=status][aria-live]");
  }

  /** What just happened, told on the till's page. */
  get news(): Locator {
    return this.page.locator(".notice");
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  /** Opens a page and waits until its content is shown. */
  async open(path: string = CAISSE): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** Waits until the page of the address shows its content. */
  async ready(): Promise<void> {
    await expect(this.main).toHaveAttribute("data-ready", "true");
  }

  /** What stands beside a label among the connection's details. */
  fact(label: string): Locator {
    const row = this.page.locator("dl > div").filter({ has: this.page.getByRole("term").getByText(label, { exact: true }) });
    return row.getByRole("definition");
  }

  /** Proves that the till's page shows it connected, with each thing's name and id. */
  async expectConnected(to: {
    account: [string, string];
    location: [string, string];
    catalog: [string, string];
    list: [string, string];
  }): Promise<void> {
    const { till } = this.words;
    await expect(this.heading).toHaveText(till.on);
    for (const [label, [name, id]] of [
      [till.account, to.account],
      [till.location, to.location],
      [till.catalog, to.catalog],
      [till.customer_list, to.list],
    ] as const) {
      await expect(this.fact(label).getByText(name, { exact: true })).toBeVisible();
      await expect(this.fact(label).getByText(id, { exact: true })).toBeVisible();
      await expect(this.fact(label).getByRole("button", { name: fill(this.words.copy.label, { id }) })).toBeVisible();
    }
  }

  /** Proves that the till's page shows it not connected. */
  async expectDisconnected(): Promise<void> {
    await expect(this.heading).toHaveText(this.words.till.off);
    await expect(this.connect).toBeEnabled();
  }

  /** Proves that a failure's screen says what happened, what it means and what to do, and quotes its request. */
  async expectFailure(name: FailureName, { reference = true }: { reference?: boolean } = {}): Promise<void> {
    const said = this.words.problem[name];
    await expect(this.heading).toHaveText(said.title);
    await expect(this.main.getByText(said.means, { exact: true })).toBeVisible();
    await expect(this.main.getByText(said.todo, { exact: true })).toBeVisible();
    const label = this.main.getByText(this.words.problem.reference, { exact: true });
    if (reference) {
      await expect(label).toBeVisible();
      await expect(this.main.locator("code")).toHaveText(REFERENCE);
    } else {
      await expect(label).toBeHidden();
    }
  }

  /** The failure shown beside what it is about. */
  failureHere(name: FailureName): Locator {
    return this.page.getByRole("alert").filter({ hasText: this.words.problem[name].title });
  }

  /** The language menu in the bar. */
  get language(): Locator {
    return this.page.getByRole("combobox", { name: this.words.app.language });
  }

  /** The menu for light, dark, or as the system says. */
  get appearance(): Locator {
    return this.page.getByRole("combobox", { name: this.words.app.theme });
  }
}

/** What Nina's account has, one of each. */
export const BELLA = {
  account: ["Bella Pizza", "3r4s3"],
  location: ["Paris", "3r4s3-1"],
  catalog: ["Carte 2026", "psmlf"],
  list: ["Clients Web", "xab66"],
} satisfies Parameters<Console["expectConnected"]>[0];

/** Some of what Marc's account has. */
export const DUBOIS = {
  account: ["Dubois Restos", "5k8rd"],
  bastille: ["Paris Bastille", "5k8rd-1"],
  croixRousse: ["Lyon Croix-Rousse", "5k8rd-2"],
  restaurants: ["Carte restaurants", "c4tbs"],
  delivery: ["Carte livraison", "c4tlv"],
  bar: ["Bar Bastille", "c4tbr"],
  web: ["Clients Web", "l8web"],
  loyalty: ["Fidélité", "l8fid"],
} satisfies Record<string, [string, string]>;
