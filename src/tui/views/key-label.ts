/** Keys that are called otherwise than people know them. */
const LABELS: Readonly<Record<string, string>> = {
  enter: "Enter",
  esc: "Esc",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  space: "Space",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  home: "Home",
  end: "End",
  pageup: "PgUp",
  pagedown: "PgDn",
  backspace: "Backspace",
  delete: "Del",
};

/** A key of the table as people know it: `Enter`, `Ctrl-D`, `j`. */
export const keyLabel = (key: string): string =>
  LABELS[key] ?? (key.startsWith("ctrl-") ? `Ctrl-${key.slice("ctrl-".length).toUpperCase()}` : key);
