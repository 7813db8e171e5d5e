import { expect, it } from "vitest";
import type { FetchOptions, JournalEntry } from "../../src/library/public.d.ts";
import { recctl } from "../run.ts";
import { treeOf, upstream } from "../serve/serving.ts";
import { fetchIn } from "./made.ts";

const KEY = `sk-ant-api03-${"Ab3dE5fG7h".repeat(9)}AA`;
const CHAT = { model: "m", messages: [{ role: "user", content: "?" }] };

/** An API that fails, answers with a key, or breaks off, as the model says. */
const api = () =>
  upstream(({ body }, response) => {
    const { model } = JSON.parse(body);
    if (model === "fails") return void response.writeHead(500, { "content-type": "application/json" }).end("{}");
    response.writeHead(200, {
      "content-type": "application/json",
      ...(model === "breaks" && { "content-length": 1000 }),
    });
    const message = { role: "assistant", content: KEY };
    response.write(JSON.stringify({ id: "1", choices: [{ index: 0, message }] }));
    if (model === "breaks") setTimeout(() => response.destroy(), 20);
    else response.end();
  });

it.each<[string, FetchOptions, object, string]>([
  ["/v1/chat/completions", {}, { ...CHAT, model: "fails" }, "keepFailures: true records it"],
  ["/v1/chat/completions", {}, { ...CHAT, model: "breaks" }, "keepFailures: true records it"],
  ["/v1/chat/completions", {}, CHAT, "allowSecrets: true writes it all the same"],
  ["/v1/chat/completions", { mode: "replay" }, CHAT, "why"],
  ["/v1/nothing", { mode: "replay" }, CHAT, "recctl does not know this endpoint"],
  ["/v1/tool-runtime/invoke", {}, { tool_name: "t", kwargs: {} }, 'upstreams: { PROVIDER: "URL" }'],
])("what is told of %s %j speaks of options, and of no flags", async (path, options, body, told) => {
  const up = await api();
  const entries: JournalEntry[] = [];
  const journal = (entry: JournalEntry): void => void entries.push(entry);
  const fetch = fetchIn(treeOf(), { mode: "record-if-missing", journal, ...options });
  const response = await fetch(up.url + path, { method: "POST", body: JSON.stringify(body) });
  const all = [await response.text(), response.headers.get("x-recctl-reason") ?? "", entries[0]?.reason];
  await fetch.close();
  expect(entries[0]?.reason).toContain(told);
  expect(all.join("\n")).not.toMatch(/--[a-z]|recctl serve/);
});

it("what it wrote has its name in the list of changes", async () => {
  const up = await api();
  const cwd = treeOf();
  const fetch = fetchIn(cwd, { mode: "record", allowSecrets: true });
  await fetch(`${up.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(CHAT) });
  await fetch.close();
  expect((await recctl(["undo", "--list"], { cwd })).stdout).toMatch(/^\S+\t.*\tcreateFetch\t/);
});
