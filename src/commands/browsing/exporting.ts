import { dialectFor } from "../../dialects/index.ts";
import { UserError } from "../../errors.ts";
import { framesOf } from "../../replay/frames.ts";
import { writeFresh } from "../../store/fresh.ts";
import { openRecordings } from "../../store/open.ts";
import { forTerminalLine } from "../../text/escape.ts";
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
  writeFresh(world.context, file, text);
  tell(world, "good", forTerminalLine(`what the API sent is in ${file}`));
}
