import type { Asked, ServePorts } from "./types.ts";

/** How long an equal request is waited for, in milliseconds: whoever is read slowly must not hold up all others. */
const PATIENCE = 30_000;

/** Requests that are being asked and recorded: equal ones wait, and are then answered by the recording. */
export class Together {
  private readonly running = new Map<string, Promise<boolean>>();

  constructor(private readonly ports: Pick<ServePorts, "sleep">) {}

  /** Begins one; what is given back is called when it has ended, with whether it was recorded. */
  begin(key: string): (recorded: boolean) => void {
    let over: (recorded: boolean) => void = () => undefined;
    const one = new Promise<boolean>((resolve) => {
      over = resolve;
    });
    this.running.set(key, one);
    return (recorded) => {
      if (this.running.get(key) === one) this.running.delete(key);
      over(recorded);
    };
  }

  isRunning(key: string): boolean {
    return this.running.has(key);
  }

  /** Waits for the equal one; whether it was recorded. */
  async waited(key: string, { gone }: Pick<Asked, "gone">): Promise<boolean> {
    const done = new AbortController();
    const late = this.ports.sleep(PATIENCE, AbortSignal.any([gone, done.signal])).then(() => false);
    const recorded = await Promise.race([this.running.get(key) ?? false, late]);
    done.abort();
    return recorded;
  }
}
