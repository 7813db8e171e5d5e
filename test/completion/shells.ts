import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OnTerminal } from "../cli/terminal.ts";
import { BIN, temporary } from "../run.ts";

const BASH_COMPLETION = "/usr/share/bash-completion/bash_completion";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** How a shell is started, and run with a line: which says what it is given, an argument a line. */
interface Kind {
  /** Why it cannot be asked; null where it can. */
  missing: string | null;
  /** So that Ctrl-O tells the line, and a prompt tells of itself, in sequences that no terminal shows. */
  rc: string;
  /** What sources the script. */
  source: string;
  /** The name of the file that both are in, below the home. */
  file: string;
  start(rc: string): readonly [command: string, ...args: string[]];
  run(line: string): readonly [command: string, ...args: string[]];
}

const BASH = `bind -x '"\\C-o": printf "\\e]77;%s\\a" "$READLINE_LINE" >/dev/tty'
bind 'set bell-style none'
PS1=$'\\\\[\\e]78;\\a\\\\]> '
`;

const bash: Omit<Kind, "missing" | "rc"> = {
  source: "source <(recctl completion bash)",
  file: "rc.bash",
  start: (rc) => ["bash", "--noprofile", "--rcfile", rc, "-i"],
  run: (line) => ["bash", "-c", `recctl() { printf '%s\\n' "$@"; }\n${line}`],
};

export const KINDS: Readonly<Record<string, Kind>> = {
  bash: { ...bash, missing: has("bash") ? null : "no bash", rc: BASH },
  "bash with bash-completion": {
    ...bash,
    missing: existsSync(BASH_COMPLETION) ? null : `no ${BASH_COMPLETION}`,
    rc: `source ${BASH_COMPLETION}\n${BASH}`,
  },
  zsh: {
    missing: has("zsh") ? null : "no zsh",
    source: "source <(recctl completion zsh)",
    file: ".zshrc",
    rc: `autoload -Uz compinit && compinit -u -D
told() { printf '\\e]77;%s\\a' "$BUFFER" >/dev/tty }
zle -N told && bindkey -e && bindkey '^O' told
unsetopt beep
PROMPT=$'%{\\e]78;\\a%}> '
`,
    start: () => ["zsh", "-d", "-i"],
    run: (line) => ["zsh", "-f", "-c", `recctl() { printf '%s\\n' "$@" }\n${line}`],
  },
  fish: {
    missing: has("fish") ? null : "no fish",
    file: ".config/fish/config.fish",
    rc: `function fish_prompt; printf '\\e]78;\\a> '; end
set -g fish_greeting
bind \\co 'printf "\\e]77;%s\\a" (commandline | string collect) >/dev/tty'
`,
    source: "recctl completion fish | source",
    start: () => ["fish", "-i"],
    run: (line) => ["fish", "-N", "-c", `function recctl; printf '%s\\n' $argv; end\n${line}`],
  },
};

/** The name of a test, which says why it is skipped. */
export const nameOf = (kind: string, text: string): string => {
  const { missing } = KINDS[kind] as Kind;
  return missing ? `${text} (skipped: ${missing})` : text;
};

/** recctl on the PATH. */
function binFolder(): string {
  const folder = temporary();
  symlinkSync(BIN, join(folder, "recctl"));
  return folder;
}

/** A shell at its prompt, on a terminal, in `cwd`, with completions of recctl and nobody's settings. */
export class AtPrompt {
  private constructor(
    private readonly kind: Kind,
    readonly terminal: OnTerminal,
    private readonly cwd: string,
  ) {}

  static async start(name: string, cwd: string, times = 1): Promise<AtPrompt> {
    const kind = KINDS[name] as Kind;
    const home = temporary();
    const rc = join(home, kind.file);
    mkdirSync(join(rc, ".."), { recursive: true });
    writeFileSync(rc, kind.rc + `${kind.source}\n`.repeat(times));
    const env = { HOME: home, PATH: `${binFolder()}:${process.env.PATH}`, LANG: "C.UTF-8" };
    const [file, ...args] = kind.start(rc);
    const terminal = new OnTerminal(file, args, { cwd, columns: 200, env });
    await terminal.until(() => terminal.raw.includes("\u001b]78;\u0007"));
    return new AtPrompt(kind, terminal, cwd);
  }

  /** The line that pressing Tab makes of one. */
  async tab(line: string): Promise<string> {
    const before = this.told().length;
    this.terminal.type(`${line}\t\u000f`);
    await this.terminal.until(() => this.told().length > before);
    // Ctrl-E and Ctrl-U: the line is empty again.
    this.terminal.type("\u0005\u0015");
    return this.told()[before] as string;
  }

  private told(): string[] {
    return [...this.terminal.raw.matchAll(/\u001b\]77;([^\u0007]*)\u0007/g)].map(([, line]) => line as string);
  }

  /** What recctl is given where the line is run. */
  given(line: string): string[] {
    const [file = "", ...args] = this.kind.run(line);
    return spawnSync(file, args, { cwd: this.cwd, encoding: "utf8" }).stdout.split("\n").slice(0, -1);
  }
}
