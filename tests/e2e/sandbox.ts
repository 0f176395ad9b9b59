// The sandbox's control calls: what a test arranges behind the console's back, and what HubRise got to see. The pages a
// person meets at HubRise are driven by hubrise.ts.

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
  status: "active" | "blocked" | "revoked";
}

/** A connection as HubRise sees it. */
export interface HubRiseConnection {
  id: string;
  status: "active" | "blocked" | "revoked";
  suspended: boolean;
  client_id: string;
  granted_by: string | null;
  scope: string;
  device_id: string | null;
  account_id: string | null;
  account_name: string | null;
  location_id: string | null;
  location_name: string | null;
  catalog_id: string | null;
  catalog_name: string | null;
  customer_list_id: string | null;
  customer_list_name: string | null;
  callback: { url: string; events: unknown } | null;
}

/** What a user would have picked; places, catalogs and lists by id or name. */
export interface Picked {
  client_id: string;
  email: string;
  scope: string;
  location?: string;
  account?: string;
  catalog?: string;
  customer_list?: string;
  device_id?: string;
}

export class Sandbox {
  constructor(readonly url: string) {}

  /** Back to the first day: no connection, no fault, no request, the real time. */
  async reset(): Promise<void> {
    await this.#post("reset");
  }

  /** Makes HubRise slow, failing, or worse. */
  async fault(fault: Fault): Promise<void> {
    await this.#post("faults", fault);
  }

  /** Moves the sandbox's clock, so that a code can expire without waiting. */
  async advanceClock(seconds: number): Promise<void> {
    await this.#post("clock", { advance_seconds: seconds });
  }

  /** The requests received, oldest first; those whose path starts as asked. */
  async requests(pathStart = "/"): Promise<Received[]> {
    const requests = await this.#get<Received[]>("requests");
    return requests.filter(({ path }) => path.startsWith(pathStart));
  }

  /** Every connection ever granted since the reset, revoked ones too. */
  connections(): Promise<HubRiseConnection[]> {
    return this.#get("connections");
  }

  /** What somebody does to a connection in HubRise's back office. */
  async change(connectionId: string, action: "block" | "unblock" | "revoke"): Promise<void> {
    await this.#post(`connections/${connectionId}/${action}`);
  }

  /** What HubRise does to an account that does not pay, or pays again. */
  async changeAccount(accountId: string, action: "suspend" | "unsuspend"): Promise<void> {
    await this.#post(`accounts/${accountId}/${action}`);
  }

  /** An authorisation code as if a user had gone through HubRise's pages. */
  async grant(picked: Picked): Promise<string> {
    const { code } = await this.#post<{ code: string }>("grant", picked);
    return code;
  }

  async #post<T = unknown>(name: string, body: unknown = {}): Promise<T> {
    const headers = { "content-type": "application/json" };
    return this.#read<T>(`POST /_sandbox/${name}`, await fetch(`${this.url}/_sandbox/${name}`, { method: "POST", headers, body: JSON.stringify(body) }));
  }

  async #get<T>(name: string): Promise<T> {
    return this.#read<T>(`GET /_sandbox/${name}`, await fetch(`${this.url}/_sandbox/${name}`));
  }

  async #read<T>(asked: string, answer: Response): Promise<T> {
    if (!answer.ok) throw new Error(`${asked} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
