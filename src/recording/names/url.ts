/** The parts of a url that names are made of, as Python's `urllib.parse.urlsplit` sees them. */
export interface UrlParts {
  netloc: string;
  /** Lower case, without user and port; null where there is none. */
  hostname: string | null;
  path: string;
}

/** Splits a url as CPython does: a scheme or a host may be missing, what is odd is kept as it is. */
export function splitUrl(url: string): UrlParts {
  // bpo-43882 and gh-102153: leading C0 controls and spaces go, tabs and line ends go everywhere.
  let rest = url.replace(/^[\u0000- ]+/, "").replace(/[\t\r\n]/g, "");
  rest = rest.replace(/^[a-zA-Z][a-zA-Z0-9+.-]*:/, "");
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, 2 + end);
    rest = end < 0 ? "" : rest.slice(2 + end);
  }
  return { netloc, hostname: hostOf(netloc), path: rest.replace(/[?#].*$/s, "") };
}

function hostOf(netloc: string): string | null {
  const host = netloc.slice(netloc.lastIndexOf("@") + 1);
  const bracketed = /^[^[]*\[([^\]]*)/.exec(host)?.[1];
  const name = bracketed ?? (host.split(":")[0] as string);
  return name === "" ? null : name.toLowerCase();
}
