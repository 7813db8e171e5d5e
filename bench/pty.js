import { readFileSync } from "node:fs";
import { spawn } from "@lydell/node-pty";

/** The end of a frame, as the terminal gets it (synchronized output, DEC private mode 2026). */
const FRAME = "\u001b[?2026l";

/** How long a frame may take to come before it is taken that none will, in milliseconds. */
const NEVER = 2_000;

/** A program on a pseudo-terminal, timed by the frames that it draws. */
export class Pty {
  bytes = 0;
  frames = 0;
  #text = "";
  #waiting = null;

  constructor({ args, cwd, env }, { columns, rows }) {
    const full = { ...process.env, ...env, TERM: "xterm-256color" };
    for (const name of ["CI", "NO_COLOR", "FORCE_COLOR", "NODE_OPTIONS", "TMUX"]) delete full[name];
    this.began = performance.now();
    this.pty = spawn(process.execPath, args, { cols: columns, rows, cwd, env: full });
    this.over = new Promise((done) => this.pty.onExit(done));
    this.pty.onData((text) => {
      this.bytes += Buffer.byteLength(text);
      // A frame's end may be cut in two.
      const seen = this.#text.slice(-FRAME.length + 1) + text;
      this.frames += seen.split(FRAME).length - 1;
      this.#text = (this.#text + text).slice(-200_000);
      this.#waiting?.();
    });
  }

  /** Waits until `holds`; gives the milliseconds since `from`, null where it did not hold in time. */
  until(holds, from = this.began, most = 10 * NEVER) {
    return new Promise((done) => {
      const end = (value) => {
        clearTimeout(timer);
        this.#waiting = null;
        done(value);
      };
      const check = () => holds() && end(performance.now() - from);
      const timer = setTimeout(() => end(null), most);
      this.#waiting = check;
      check();
    });
  }

  /** Presses a key; gives the milliseconds until the next frame is whole, null where none came. */
  async key(text) {
    const before = this.frames;
    const from = performance.now();
    this.pty.write(text);
    return this.until(() => this.frames > before, from, NEVER);
  }

  /** Whether a text was drawn of late. */
  drew(text) {
    return this.#text.includes(text);
  }

  /** Memory in MB: now, and the most there was. Linux alone tells. */
  memory() {
    const status = readFileSync(`/proc/${this.pty.pid}/status`, "latin1");
    const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
    return { now: of("VmRSS"), most: of("VmHWM") };
  }

  /** Quits, and waits for the end. */
  async quit() {
    this.pty.write("q");
    const late = setTimeout(() => this.pty.kill("SIGKILL"), NEVER);
    await this.over;
    clearTimeout(late);
  }
}
