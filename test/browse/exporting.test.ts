import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environment } from "../cli/process.ts";
import { sample } from "../cli/samples.ts";
import { recctl, tree } from "../run.ts";
import { Browsing } from "./browsing.ts";

const path = "recordings/aaaabbbb.json";

describe("export", () => {
  it("writes what replay --as wire does", async () => {
    const cwd = tree({ [path]: sample({ answered: ["At ", "22:14."] }) });
    const { message } = await new Browsing(cwd).does({ type: "export", path, file: "out put" }, "told");
    expect(message).toEqual({ tone: "good", text: "what the API sent is in out put" });
    const { stdout } = await recctl(["replay", "aaaabbbb", "--as", "wire"], { cwd });
    expect(readFileSync(join(cwd, "out put"), "utf8")).toBe(stdout);
    expect(stdout).toContain("data: [DONE]");
  });

  it.each([
    ["taken", /something is there already: taken/],
    ["no/such/folder", /its folder is not there: no\/such\/folder/],
    ["taken/under", /its folder is a file/],
    ["recordings", /something is there already|it is a folder/],
    ["x".repeat(300), /too long/],
  ])("never writes over anything: %j", async (file, told) => {
    const cwd = tree({ [path]: sample(), taken: "mine" });
    const refused = await new Browsing(cwd).does({ type: "export", path, file }, "unexported");
    expect(refused).toMatchObject({ path, file, why: expect.stringMatching(told) });
    expect(readFileSync(join(cwd, "taken"), "utf8")).toBe("mine");
  });

  it("to no name writes nothing", async () => {
    const cwd = tree({ [path]: sample() });
    const { message } = await new Browsing(cwd).does({ type: "export", path, file: "" }, "told");
    expect(message).toEqual({ tone: "bad", text: "no file was named" });
  });

  it("writes to the home folder where it is named so", async () => {
    const cwd = tree({ [path]: sample(), "home/x": "" });
    const env = { ...environment(), HOME: join(cwd, "home") };
    const { message } = await new Browsing(cwd, [], {}, env).does({ type: "export", path, file: "~/out" }, "told");
    expect(message).toEqual({ tone: "good", text: "what the API sent is in ~/out" });
    expect(existsSync(join(cwd, "home/out"))).toBe(true);
    const { why } = await new Browsing(cwd, [], {}, { ...env, HOME: "" }).does(
      { type: "export", path, file: "~/out" },
      "unexported",
    );
    expect(why).toMatch("its folder is not there: ~/out");
  });

  it("of what cannot be read, and of a failure before the first word, writes nothing", async () => {
    const cwd = tree({ [path]: "{", "recordings/b.json": sample({ failure: "no boat" }) });
    const broken = await new Browsing(cwd).does({ type: "export", path, file: "out" }, "told");
    expect(broken.message.tone).toBe("bad");
    const failed = await new Browsing(cwd).does({ type: "export", path: "recordings/b.json", file: "out" }, "told");
    expect(failed.message.text).toMatch(/nothing was answered/);
    expect(existsSync(join(cwd, "out"))).toBe(false);
  });

  it("writes where the name that was typed is odd", async () => {
    const cwd = tree({ [path]: sample() });
    const { message } = await new Browsing(cwd).does({ type: "export", path, file: "a\u001b[31m" }, "told");
    expect(message.text).toBe("what the API sent is in a\\u001b[31m");
    writeFileSync(join(cwd, "-"), "");
    expect(existsSync(join(cwd, "a\u001b[31m"))).toBe(true);
  });
});
