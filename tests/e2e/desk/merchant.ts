// A merchant in a browser of their own, who does by the console's own calls what support finds on its desk afterwards. The
// merchant's own pages have specs of their own.
import type { Browser, Page } from "@playwright/test";
import { HubRise, type Picked, type support } from "../hubrise.ts";

/** A vendor with a desk. */
export type Slug = keyof typeof support;

/** A merchant in a browser of their own. */
export class Merchant {
  /** Whether HubRise knows this browser: it then asks no more who it is. */
  #known = false;

  private constructor(
    readonly page: Page,
    readonly vendor: Slug,
    private readonly email: string,
  ) {}

  /** Opens the vendor's page of the console at `baseURL`. */
  static async arrive(
    browser: Browser,
    baseURL: string,
    watched: (page: Page) => Page,
    { vendor, email, locale }: { vendor: Slug; email: string; locale: string },
  ): Promise<Merchant> {
    const context = await browser.newContext({ baseURL, locale });
    const page = watched(await context.newPage());
    await page.goto(`/${vendor}`);
    return new Merchant(page, vendor, email);
  }

  /** Signs in with HubRise. */
  async signIn(): Promise<void> {
    await this.#run({ vendor: this.vendor, purpose: "sign_in", return_to: `/${this.vendor}` });
    await new HubRise(this.page).signInForProfile(this.#email());
    await this.page.waitForURL(`**/${this.vendor}`);
  }

  /** Connects a till; returns the connection's id. */
  async connect(till: string, picked?: Picked): Promise<string> {
    await this.#run({ vendor: this.vendor, till });
    await new HubRise(this.page).authorise(this.#email(), picked);
    // Where tills are cards, the till's page goes on to theirs.
    await this.page.waitForURL(this.vendor === "somm-it" ? `**/${this.vendor}` : `**/${this.vendor}/${till}`);
    await this.page.locator("main[data-ready=true]").waitFor();
    const { connection } = await this.#call<{ connection: { id: string } }>("GET", `/vendors/${this.vendor}/tills/${till}/status`);
    return connection.id;
  }

  /** Ends a connection. */
  async disconnect(connection: string): Promise<void> {
    await this.#call("DELETE", `/connections/${connection}`);
  }

  /** Asks support to connect a till. */
  async request(till: string, hubrise_id: string, location_name: string, language: "en" | "fr"): Promise<void> {
    await this.#call("POST", `/vendors/${this.vendor}/requests`, { till, hubrise_id, location_name, language });
  }

  /** Who to sign in to HubRise as, where it still asks. */
  #email(): string | undefined {
    const email = this.#known ? undefined : this.email;
    this.#known = true;
    return email;
  }

  async #run(what: object): Promise<void> {
    const { authorize_url } = await this.#call<{ authorize_url: string }>("POST", "/attempts", what);
    await this.page.goto(authorize_url);
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, text } = await call(this.page, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** A call of the console's own pages, within the page's session. */
export function call(page: Page, method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const session = (await (await fetch("/api/v1/session")).json()) as { csrf_token: string };
      const answer = await fetch(`/api/v1${path}`, {
        method,
        headers: { "content-type": "application/json", "x-csrf-token": session.csrf_token },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, text: await answer.text() };
    },
    { method, path, body },
  );
}
