#!/usr/bin/env node
// npm builds it when it installs, unless its settings forbid scripts.
const { runProcess } = await import("../dist/cli.js").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  const folder = new URL("..", import.meta.url).pathname;
  process.stderr.write(`error: recctl is not built\n  in   ${folder}\n  try  npm run build, there\n`);
  process.exit(2);
});

await runProcess();
