import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporary } from "../run.ts";

/** Whether there is an openssl that makes certificates. */
export const HAS_OPENSSL = spawnSync("openssl", ["version"]).status === 0;

/** `openssl ca` alone takes dates that have passed, in the OpenSSL of today. */
const CA = `[ca]
default_ca = own
[own]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

export interface Certificate {
  key: Buffer;
  cert: Buffer;
  /** The file of the certificate, which signs itself. */
  file: string;
}

/** A key and a certificate for it, made for this test: for `name` (`IP:127.0.0.1`), from and until days such as `20200101`. */
export function certificateFor(name: string, from: string, until: string): Certificate {
  const cwd = temporary();
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync("openssl", args, { cwd });
    if (status !== 0) throw new Error(stderr.toString());
  };
  writeFileSync(join(cwd, "ca.cnf"), CA);
  writeFileSync(join(cwd, "index.txt"), "");
  const subject = ["-subj", "/CN=upstream.invalid", "-addext", `subjectAltName=${name}`];
  openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "csr.pem", ...subject);
  const dates = ["-startdate", `${from}000000Z`, "-enddate", `${until}000000Z`];
  const own = ["-batch", "-notext", "-selfsign", "-config", "ca.cnf", "-keyfile", "key.pem"];
  openssl("ca", ...own, ...dates, "-in", "csr.pem", "-out", "cert.pem");
  const file = join(cwd, "cert.pem");
  return { key: readFileSync(join(cwd, "key.pem")), cert: readFileSync(file), file };
}

/** An API on this machine that speaks https with a certificate, and answers all with a text. */
export async function secured(certificate: Pick<Certificate, "key" | "cert">, text: string): Promise<string> {
  const server = createServer(certificate, (request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
