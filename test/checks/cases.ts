import { createHash } from "node:crypto";
import { PATTERNS } from "../../src/checks/secrets/patterns.ts";
import type { Bad, Case } from "./case.ts";
import { chat, type Files, named } from "./fixtures.ts";
import { SAMPLES } from "./samples.ts";

export const good = (rule: string, name: string, files: () => Files, rest: Partial<Case> = {}): Case => ({
  rule,
  name,
  files,
  ...rest,
});

export type Told = Omit<Bad, "rule" | "name" | "files" | "severity">;
export const bad = (
  severity: Bad["severity"],
  rule: string,
  name: string,
  files: () => Files,
  told: Omit<Told, "scheme" | "settings"> & Partial<Bad>,
): Bad => ({ rule, name, files, severity, ...told });

/** The first 8 digits of what a model list's name ends with. */
export const digest = (ids: readonly string[], algorithm = "sha256"): string =>
  createHash(algorithm).update(ids.join("|")).digest("hex").slice(0, 8);

export const IDS = ["gpt-4o", "o4-mini"];
export const FIX = /^recctl validate --fix$/;
export const MOVE = /^move it there; what else its test has: recctl ls --test /;

/** The same files, each in another folder or under another name. */
export const moved = (files: Files, to: (path: string) => string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [to(path), text]));

export const ofTest = (testId: string | null, folder = "recordings"): Files =>
  moved(
    named(
      chat((document) => {
        document.test_id = testId;
      }),
    ),
    (path) => path.replace("recordings", folder),
  );

/** A chat whose answer holds a text. */
export const answering = (content: string): Files =>
  named(
    chat(({ response }) => {
      response.body.__data__.choices[0].message.content = content;
    }),
  );

/** A secret of a group that its text alone shows. */
export function secretOf(group: string): string {
  const ids = PATTERNS.filter((pattern) => pattern.group === group).map(({ id }) => id);
  const sample = ids.flatMap((id) => SAMPLES[id]?.fires ?? []).find(({ key }) => key === undefined);
  if (!sample) throw new Error(`no sample of ${group} without a key`);
  return `${sample.before ?? ""}${sample.secret}${sample.behind ?? ""}`;
}

const GROUPS = { key: "error", token: "error", "private-key": "error", jwt: "error" } as const;
const ACCOUNTS = { "project-id": "warning", host: "warning", email: "warning", home: "warning" } as const;
export const SECRETS = Object.entries({ ...GROUPS, ...ACCOUNTS });
