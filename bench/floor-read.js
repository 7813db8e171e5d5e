// A floor: finds the recordings below a folder and reads them, nothing else. It imports nothing of its own, as a floor should.
import { readdirSync, readFileSync } from "node:fs";

function walk(dir, inside) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) walk(path, inside || entry.name === "recordings");
    else if (inside && path.endsWith(".json")) readFileSync(path);
  }
}

walk(process.argv[2], false);
