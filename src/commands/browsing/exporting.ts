import { join } from "node:path";
import { dialectFor } from "../../dialects/index.ts";
import { UserError } from "../../errors.ts";
import { framesOf } from "../../replay/frames.ts";
import { writeFresh } from "../../store/fresh.ts";
import { openRecordings } from "../../store/open.ts";
import { forTerminalLine } from "../../text/escape.ts";
import { errorLine } from "./told.ts";
import { tell, type World } from "./world.ts";

/** Writes what the API sent to the file that was typed, where none is. */
export async function exportWire(world: World, path: string, file: string): Promise<void> {
  if (file === "") throw new UserError("no file was named");
  const found = openRecordings(world.context)(path);
  if ("message" in found) throw new UserError(found.message, { place: path });
  const text = framesOf(found, dialectFor(found.head), "wire")
    .map((frame) => frame.text)
    .join("");
  if (text === "") throw new UserError("nothing was answered, so there is nothing to write", { place: path });
  try {
    writeFresh(world.context, atHome(file, world.context.io.env.HOME), text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return world.dispatch({ type: "unexported", path, file, why: errorLine(error) });
  }
  tell(world, "good", forTerminalLine(`what the API sent is in ${file}`));
}

/** What a shell makes of `~/` at the start of a name; as it is where no home is known. */
const atHome = (file: string, home: string | undefined): string =>
  home && file.startsWith("~/") ? join(home, file.slice(2)) : file;
