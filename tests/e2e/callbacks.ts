// How HubRise sends events to the console, and what came of it; and callbacks that HubRise never sent.
import { createHmac } from "node:crypto";
import { Controls } from "./controls.ts";
import type { Connection } from "./sandbox.ts";

/** How events are sent. */
export interface Manner {
  /** By what the documented waits (1, 2, 4, 8, 16, 32 minutes) are divided. */
  acceleration: number;
  answer_limit_ms: number;
  /** How often each event is sent at once. */
  copies: number;
  /** Whether nothing is sent for now; events gather meanwhile. */
  paused: boolean;
}

/** One event sent once. */
export interface Delivery {
  event_id: string;
  connection_id: string;
  order_id: string | null;
  /** `order.create` */
  event: string;
  url: string;
  /** 1 for the first time. */
  attempt: number;
  status: number | null;
  timed_out: boolean;
  then: "acknowledged" | "again" | "given_up";
}

export class Callbacks {
  readonly #controls: Controls;

  constructor(
    sandbox: string,
    readonly console: string,
  ) {
    this.#controls = new Controls(sandbox);
  }

  /** Changes how events are sent from now on. */
  async send(manner: Partial<Manner>): Promise<void> {
    await this.#controls.post("callbacks", manner);
  }

  /** The last thousand deliveries, oldest first. */
  async deliveries(): Promise<Delivery[]> {
    return (await this.#controls.get<{ deliveries: Delivery[] }>("callbacks")).deliveries;
  }

  /** How many events wait at all connections. */
  async waiting(): Promise<number> {
    return (await this.#controls.get<{ waiting: number }>("callbacks")).waiting;
  }

  /**
   * Posts an event for a connection as somebody with another secret would: signed with it, or not at all with `null`.
   * Answers the console's status.
   */
  async forge(vendor: string, connection: Connection, secret: string | null = "another-secret"): Promise<number> {
    const body = JSON.stringify({
      id: "forgd",
      resource_type: "order",
      event_type: "create",
      created_at: new Date().toISOString(),
      account_id: connection.account_id,
      location_id: connection.location_id,
      app_instance_id: connection.app_instance_id,
      order_id: "forgd",
      new_state: { id: "forgd", location_id: connection.location_id, status: "new" },
    });
    const signed = secret === null ? {} : { "X-HubRise-Hmac-SHA256": createHmac("sha256", secret).update(body).digest("hex") };
    const answer = await fetch(`${this.console}/callbacks/hubrise/${vendor}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...signed },
      body,
    });
    return answer.status;
  }
}
