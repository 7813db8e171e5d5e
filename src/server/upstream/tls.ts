import { isIP } from "node:net";
import { connect } from "node:tls";
import { UpstreamError, type UpstreamFault } from "./types.ts";

/** How long what speaks otherwise is waited for, in milliseconds. */
const PATIENCE = 700;

/** How servers that speak TLS take plain http: most close the connection, some send an alert. */
const FAULTS: ReadonlySet<UpstreamFault> = new Set(["reset", "garbage"]);

/** Why an upstream did not answer that was asked by http: where it speaks TLS, that, and the URL to name instead. */
export async function tlsRemedy(error: unknown, url: URL): Promise<unknown> {
  if (url.protocol !== "http:" || !(error instanceof UpstreamError) || !FAULTS.has(error.fault)) return error;
  if (!(await speaksTls(url))) return error;
  const { host } = url;
  return new UpstreamError(
    "tls",
    `the upstream ${host}: it speaks https, and its URL begins with http://; name it by https://${host}`,
  );
}

/** Tries a handshake. Nothing is sent, so its certificate does not matter. */
function speaksTls({ hostname, port }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 80),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    const over = (does: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(does);
    };
    const timer = setTimeout(() => over(false), PATIENCE);
    socket.once("secureConnect", () => over(true));
    // An alert is a word of TLS, too.
    socket.on("error", ({ code }: NodeJS.ErrnoException) => over(/_ALERT_/.test(code ?? "")));
  });
}
