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

export class Sandbox {
  constructor(readonly url: string) {}

  /** Makes HubRise slow, failing, or worse. */
  fault(fault: Fault): Promise<void> {
    return this.#post("faults", fault);
  }

  /** Moves the sandbox's clock, so that a code can expire without waiting. */
  advanceClock(seconds: number): Promise<void> {
    return this.#post("clock", { advance_seconds: seconds });
  }

  /** Every request received, oldest first; those whose path starts as asked. */
  async requests(pathStart = "/"): Promise<Received[]> {
    const requests = await this.#get<Received[]>("requests");
    return requests.filter(({ path }) => path.startsWith(pathStart));
  }

  /** Takes every fault back. */
  recover(): Promise<void> {
    return this.fault({ target: "all", mode: "none" });
  }

  /** Revokes every connection, as a manager could in HubRise's back office. */
  async revokeAll(): Promise<void> {
    for (const { id } of await this.connections()) await this.#post(`connections/${id}/revoke`);
  }

  /** Every connection HubRise knows of. */
  connections(): Promise<Connection[]> {
    return this.#get("connections");
  }

  /** Uses a code up, as somebody who had stolen it would. */
  async spend(code: string): Promise<void> {
    const client = Buffer.from("pos-helper-sandbox:pos-helper-sandbox-secret").toString("base64");
    const answer = await fetch(`${this.url}/oauth2/v1/token`, {
      method: "POST",
      headers: { authorization: `Basic ${client}` },
      body: new URLSearchParams({ code, grant_type: "authorization_code" }),
    });
    if (!answer.ok) throw new Error(`the code was refused: ${answer.status} ${await answer.text()}`);
  }

  async #post(name: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${this.url}/_sandbox/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    });
    if (!answer.ok) throw new Error(`POST /_sandbox/${name} answered ${answer.status}: ${await answer.text()}`);
  }

  async #get<T>(name: string): Promise<T> {
    const answer = await fetch(`${this.url}/_sandbox/${name}`);
    if (!answer.ok) throw new Error(`GET /_sandbox/${name} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
