import { expect, it } from "vitest";
import { tree } from "../run.ts";
import { chat, files, hashOf, NEW, OLD, pathOf, TODAY, why } from "./made.ts";

it("hash takes a recording as why does: its request, and its test where no other is given", async () => {
  const one = { request: chat(), testId: OLD };
  const root = tree(files(one));
  const args = ["hash", "--request", pathOf(one), "--scheme", TODAY];
  expect(await why(root, args)).toMatchObject({ code: 0, stdout: `${hashOf(chat(), OLD)}\n` });
  const renamed = await why(root, [...args, "--test-id", NEW]);
  expect(renamed).toMatchObject({ code: 0, stdout: `${hashOf(chat(), NEW)}\n` });
});
