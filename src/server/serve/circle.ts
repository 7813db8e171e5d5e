import { randomUUID } from "node:crypto";
import { isLoopbackHost } from "../http/loopback.ts";
import { UpstreamError } from "../upstream/types.ts";
import { apiOf, saidBy } from "./said.ts";
import type { Asked, Reply, ServePorts } from "./types.ts";

/** Of a request: the servers on this machine that it came through. Of an answer: the one that it came back to. */
const THROUGH = "x-recctl-through";
const CAME_BACK = "x-recctl-came-back";

/** Sees where a server on this machine is asked, by way of its upstream, what it asks itself: that would go on without end. */
export class Circle {
  private readonly id = randomUUID();

  /** The answer to a request that this server sent itself; null for every other. */
  closedBy({ headers, target, origin }: Asked): Reply | null {
    if (origin != null || !through(headers).includes(this.id)) return null;
    const [path = "", query = ""] = target.split("?");
    const why = "the upstream is this server itself";
    return saidBy(apiOf(null, { path, query, headers }), 508, why, { [CAME_BACK]: this.id });
  }

  /** What is sent up with a request, so that it is known again. Others than this machine learn nothing of it. */
  headersFor({ headers, origin }: Pick<Asked, "headers" | "origin">, url: string): Record<string, string> {
    if (origin != null || !isLoopbackHost(new URL(url).host)) return {};
    return { [THROUGH]: [...through(headers), this.id].join(",") };
  }

  /** Why an answer is none of an upstream; null where it is. */
  whyNot(headers: Readonly<Record<string, string>>, url: string): UpstreamError | null {
    if (headers[CAME_BACK] === undefined) return null;
    const { host } = new URL(url);
    const own = headers[CAME_BACK] === this.id;
    return new UpstreamError(
      "other",
      own
        ? `the upstream ${host} is this server itself`
        : `the upstream ${host} asks itself, by way of its own upstream`,
    );
  }
}

/** The world, and what sees that it is asked in a circle. */
export type CirclePorts = ServePorts & { readonly circle: Circle };

const through = (headers: Asked["headers"]): string[] => (headers[THROUGH] ?? "").split(",").filter((id) => id !== "");
