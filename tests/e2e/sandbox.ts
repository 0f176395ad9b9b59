// The sandbox's control calls: what a test arranges behind the console's back, and what HubRise got to see. The pages a
// person meets at HubRise are driven by hubrise.ts.
import { Controls } from "./controls.ts";

/** Which part of HubRise misbehaves. */
export type Target = "token" | "revoke" | "api" | "authorize" | "all";

/** How it misbehaves; `none` takes a fault back. */
export type Mode = "none" | "slow" | "fail" | "nonsense" | "drop" | "rate_limit";

export interface Fault {
  target: Target;
  mode: Mode;
  /** Milliseconds a slow answer waits. */
  delay_ms?: number;
  /** How many more requests suffer it; until reset when absent. */
  times?: number;
}

/** A request the sandbox received, secrets masked. */
export interface Received {
  id: number;
  at: string;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  fault: Mode | null;
  duration_ms: number | null;
}

/** A connection as HubRise sees it. */
export interface Connection {
  id: string;
  app_instance_id: string;
  status: "active" | "blocked" | "revoked";
  client_id: string;
  scope: string;
  account_id: string | null;
  location_id: string | null;
  /** What the app answered when HubRise told it of its disconnection. */
  told: { url: string; status: number | null; timed_out: boolean } | null;
}

/** A user of an account. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: "Admin" | "Manager";
}

/** An app as its vendor registered it. */
export interface App {
  client_id: string;
  name: string;
  location_scope: string;
  connect_url: string;
  open_url: string;
  disconnect_url: string;
}

/** What a user would have picked on HubRise's pages; ids or names. */
export interface Wish {
  client_id: string;
  email: string;
  /** May be left out with an `app_instance_id`. */
  scope?: string;
  location?: string;
  account?: string;
  catalog?: string;
  customer_list?: string;
  device_id?: string;
  app_instance_id?: string;
}

export class Sandbox {
  readonly #controls: Controls;

  constructor(readonly url: string) {
    this.#controls = new Controls(url);
  }

  /** Makes HubRise slow, failing, or worse. */
  fault(fault: Fault): Promise<void> {
    return this.#controls.post("faults", fault);
  }

  /** Moves the sandbox's clock, so that a code can expire without waiting. */
  advanceClock(seconds: number): Promise<void> {
    return this.#controls.post("clock", { advance_seconds: seconds });
  }

  /** Every request received, oldest first; those whose path starts as asked. */
  async requests(pathStart = "/"): Promise<Received[]> {
    const requests = await this.#controls.get<Received[]>("requests");
    return requests.filter(({ path }) => path.startsWith(pathStart));
  }

  /** Takes every fault back. */
  recover(): Promise<void> {
    return this.fault({ target: "all", mode: "none" });
  }

  /** Kills every connection's token, and tells nobody. */
  async revokeAll(): Promise<void> {
    for (const { id } of await this.connections()) await this.#controls.post(`connections/${id}/revoke`);
  }

  /** Every connection HubRise knows of. */
  connections(): Promise<Connection[]> {
    return this.#controls.get("connections");
  }

  /** The one living connection of a vendor's app. */
  async connectionOf(vendor: string): Promise<Connection> {
    const theirs = (await this.connections()).filter(
      ({ client_id, location_id, account_id, status }) =>
        client_id === `${vendor}-sandbox` && status !== "revoked" && (location_id ?? account_id) !== null,
    );
    const [only] = theirs;
    if (only === undefined || theirs.length > 1) throw new Error(`${vendor} has ${theirs.length} connections`);
    return only;
  }

  /** Blocks a connection, as a user can in HubRise's back office. */
  block(id: string): Promise<void> {
    return this.#controls.post(`connections/${id}/block`);
  }

  unblock(id: string): Promise<void> {
    return this.#controls.post(`connections/${id}/unblock`);
  }

  /** Kills a connection's token, and tells nobody. */
  revoke(id: string): Promise<void> {
    return this.#controls.post(`connections/${id}/revoke`);
  }

  /** Kills a connection's token and tells its app, as **Déconnecter** in HubRise's back office does. */
  disconnect(id: string): Promise<Connection> {
    return this.#controls.post(`connections/${id}/disconnect`);
  }

  /** Suspends an account for non payment. */
  suspend(account: string): Promise<void> {
    return this.#controls.post(`accounts/${account}/suspend`);
  }

  unsuspend(account: string): Promise<void> {
    return this.#controls.post(`accounts/${account}/unsuspend`);
  }

  /** Who may act for an account. */
  users(account: string): Promise<User[]> {
    return this.#controls.get(`accounts/${account}/users`);
  }

  /** Gives a registered user access to an account, at once. */
  addUser(account: string, email: string, role: User["role"] = "Manager"): Promise<User[]> {
    return this.#controls.post(`accounts/${account}/users`, { email, role });
  }

  /** Takes a user's access to an account away. */
  async removeUser(account: string, email: string): Promise<void> {
    await this.#controls.delete(`accounts/${account}/users/${encodeURIComponent(email)}`);
  }

  /** Every app's registration. */
  apps(): Promise<App[]> {
    return this.#controls.get("apps");
  }

  /** What HubRise would return with had the user picked this: a code, or `access_denied` for a foreign installation. */
  grant(wish: Wish): Promise<{ code?: string; error?: "access_denied" }> {
    return this.#controls.post("grant", wish);
  }

  /** A code as **Connecter** in HubRise's back office brings it, and where it brings it: without a state. */
  connect(wish: Omit<Wish, "scope" | "account" | "device_id" | "app_instance_id">): Promise<{ code: string; url: string }> {
    return this.#controls.post("connect", wish);
  }

  /** Uses a code up, as somebody who had stolen it would. */
  async spend(code: string, vendor = "pos-helper"): Promise<void> {
    const client = Buffer.from(`${vendor}-sandbox:${vendor}-sandbox-secret`).toString("base64");
    const answer = await fetch(`${this.url}/oauth2/v1/token`, {
      method: "POST",
      headers: { authorization: `Basic ${client}` },
      body: new URLSearchParams({ code, grant_type: "authorization_code" }),
    });
    if (!answer.ok) throw new Error(`the code was refused: ${answer.status} ${await answer.text()}`);
  }
}
