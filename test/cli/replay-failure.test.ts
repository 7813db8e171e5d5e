import { describe, expect, it } from "vitest";
import { inside } from "../inside.ts";
import { tree } from "../run.ts";
import { at, sample } from "./samples.ts";

const PIECES = ["Never, ", "under ", "any"];
const FILES = {
  [at("aaaa")]: sample({ answered: PIECES, failure: "connection lost\non line two" }),
  [at("bbbb")]: sample({ failure: "Request timed out." }),
};
const told = (id: string, message: string): string => `recorded failure: TimeoutError: ${message}\n  in   ${at(id)}\n`;

describe("replay of a recorded failure ends with 1", () => {
  it("in mid-stream: behind what came before it", async () => {
    expect(await inside(["replay", "aaaa"], { cwd: tree(FILES) })).toEqual({
      stdout: PIECES.join(""),
      stderr: told("aaaa", "connection lost\non line two"),
      code: 1,
    });
  });

  it("in mid-stream on the wire: without the end of the stream", async () => {
    const { stdout, code } = await inside(["replay", "aaaa", "--as", "wire"], { cwd: tree(FILES) });
    expect(stdout.match(/^data: /gm)).toHaveLength(3);
    expect(stdout).not.toContain("[DONE]");
    expect(code).toBe(1);
    const lines = await inside(["replay", "aaaa", "--as", "ndjson"], { cwd: tree(FILES) });
    expect(lines.stdout.split("\n")).toHaveLength(4);
    expect(lines.code).toBe(1);
  });

  it.each(["text", "wire", "ndjson"])("at once, as %s: with nothing on stdout", async (form) => {
    expect(await inside(["replay", "bbbb", "--as", form], { cwd: tree(FILES) })).toEqual({
      stdout: "",
      stderr: told("bbbb", "Request timed out."),
      code: 1,
    });
  });

  it("at once, as raw: null, as it is stored", async () => {
    expect(await inside(["replay", "bbbb", "--as", "raw"], { cwd: tree(FILES) })).toMatchObject({
      stdout: "null\n",
      code: 1,
    });
  });

  it("with the status and type that an API gave", async () => {
    const { stdout, stderr, code } = await inside(["replay", "acb474ee"]);
    expect(stderr).toMatch(/^recorded failure: BadRequestError \(status 400\): Error code: 400 - /);
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  });

  it("but a plan of it does not fail, nor does show", async () => {
    const cwd = tree(FILES);
    expect(await inside(["replay", "aaaa", "--plan"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await inside(["show", "bbbb"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });
});
