import { onTestFinished, vi } from "vitest";
import type { FetchOptions, RecctlFetch } from "../../src/library/public.d.ts";
import { createFetch } from "../../src/library.ts";
import { temporary } from "../run.ts";

/** A fetch of the library, in a folder, with an index of its own. */
export function fetchIn(cwd: string, options: FetchOptions = {}): RecctlFetch {
  environment({ RECCTL_CACHE_DIR: temporary() });
  return createFetch({ cwd, ...options });
}

/** Sets variables until the test has finished. */
export function environment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** The pieces of a body, as they come. */
export async function piecesOf(response: Response): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of response.body ?? []) pieces.push(new TextDecoder().decode(piece));
  return pieces;
}
