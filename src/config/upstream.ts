/** Why a url cannot be one that is asked; null where it can. Keys belong in headers, and a query is the client's. */
export function whyNotUpstream(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return "an upstream is an http or https url";
  if (url.username !== "" || url.password !== "") return "an upstream has no user name in its url";
  return url.search === "" && url.hash === "" ? null : "an upstream's url has no query";
}

/**
 * `NAME=URL`, or what somebody wrote for it, as it can be shown: without what may be a user and a password. Errors are kept in logs
 * that others read.
 */
export const withoutUser = (text: string): string =>
  text.replace(/^([a-z0-9][a-z0-9._-]*=)?([a-z][a-z\d+.-]*:\/\/)?.*@/is, "$1$2…@");
