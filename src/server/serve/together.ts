import type { Asked, ServePorts } from "./types.ts";

/** How long an equal request is waited for, in milliseconds: whoever is read slowly must not hold up all others. */
const PATIENCE = 30_000;

/** What became of a request that others waited for: `left` where its client went away, which says nothing of the answer. */
export type Came = "recorded" | "failed" | "left";

/** A request that is being asked. */
interface Running {
  readonly came: Promise<Came>;
  /** How many wait for it. */
  waiting: number;
  /** Tells who asks that nobody wants the answer any more, if that is so. */
  check(): void;
}

/** Requests that are being asked and recorded: equal ones wait, and are then answered by the recording. */
export class Together {
  private readonly running = new Map<string, Running>();

  constructor(private readonly ports: Pick<ServePorts, "sleep">) {}

  /**
   * Begins one. `over` is called when it has ended, with what came of it; `gone` is aborted when its client has gone away, and
   * nobody waits for what it asked.
   */
  begin(key: string, client: AbortSignal): { over: (came: Came) => void; gone: AbortSignal } {
    const nobody = new AbortController();
    let tell: (came: Came) => void = () => undefined;
    const one: Running = {
      came: new Promise((resolve) => {
        tell = resolve;
      }),
      waiting: 0,
      check: () => {
        if (client.aborted && one.waiting === 0) nobody.abort();
      },
    };
    client.addEventListener("abort", one.check, { once: true });
    one.check();
    this.running.set(key, one);
    const over = (came: Came): void => {
      client.removeEventListener("abort", one.check);
      if (this.running.get(key) === one) this.running.delete(key);
      tell(came);
    };
    return { over, gone: nobody.signal };
  }

  isRunning(key: string): boolean {
    return this.running.has(key);
  }

  /** Waits for the equal one; what came of it. Who waits no longer is told that it failed. */
  async waited(key: string, { gone }: Pick<Asked, "gone">): Promise<Came> {
    const one = this.running.get(key);
    if (!one) return "failed";
    const done = new AbortController();
    const late = this.ports.sleep(PATIENCE, AbortSignal.any([gone, done.signal])).then((): Came => "failed");
    one.waiting++;
    const came = await Promise.race([one.came, late]);
    one.waiting--;
    one.check();
    done.abort();
    return came;
  }
}
