import { hostIo } from "./io/host.ts";
import { RecctlError } from "./library/error.ts";
import { fetchFor } from "./library/fetch.ts";
import { checkedOptions } from "./library/options.ts";
import type * as Public from "./library/public.d.ts";

/** See public.d.ts. */
const createFetch: typeof Public.createFetch = (options = {}) => {
  const io = hostIo();
  return fetchFor(checkedOptions(options, io.env), io);
};

export { createFetch, RecctlError };

// What is published is what its types say.
({ createFetch, RecctlError }) satisfies typeof Public;
