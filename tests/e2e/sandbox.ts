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

export class Sandbox {
  constructor(readonly url: string) {}

  /** Back to the seeded state: no connection, no fault, the real time. */
  reset(): Promise<void> {
    return this.#post("reset");
  }

  /** Makes HubRise slow, failing, or worse. */
  fault(fault: Fault): Promise<void> {
    return this.#post("faults", fault);
  }

  /** Moves the sandbox's clock, so that a code can expire without waiting. */
  advanceClock(seconds: number): Promise<void> {
    return this.#post("clock", { advance_s: seconds });
  }

  /** Every request received, oldest first; those whose path starts as asked. */
  async requests(pathStart = "/"): Promise<Received[]> {
    const { requests } = await this.#get<{ requests: Received[] }>("requests");
    return requests.filter(({ path }) => path.startsWith(pathStart));
  }

  /** Any other control call, by its name after `/_sandbox/`. */
  call(name: string, body?: unknown): Promise<void> {
    return this.#post(name, body);
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
