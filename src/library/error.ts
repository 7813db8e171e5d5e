import type * as Public from "./public.d.ts";

/** See public.d.ts. */
export class RecctlError extends Error implements Public.RecctlError {
  override readonly name = "RecctlError";

  constructor(
    message: string,
    readonly outcome: "miss" | "refused",
    readonly recording: string | null,
    readonly status: number,
  ) {
    super(message);
  }

  /** The first line alone: openai's library takes an error for a timeout, and drops it, where any word in its text is like that. */
  override toString(): string {
    return `${this.name}: ${this.message.split("\n", 1)[0]}`;
  }
}
