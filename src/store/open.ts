import { UserError } from "../errors.ts";
import { type Flaw, readDocument } from "../recording/document.ts";
import { type Recording, recordingFrom } from "../recording/recording.ts";
import { absolute, type Base, kindAt } from "./paths.ts";
import { FileReader, ReadError } from "./read.ts";

/** A recording and the size of its file. */
export interface Opened extends Recording {
  bytes: number;
}

/** Opens recordings by path, whole: what is none comes back as its flaw. */
export function openRecordings(base: Base): (path: string) => Opened | Flaw {
  const reader = new FileReader();
  return (path) => {
    try {
      const { bytes } = reader.read(absolute(base, path));
      const document = readDocument(bytes);
      if ("message" in document) return document;
      return { ...recordingFrom(document.root, document.text), bytes: bytes.length };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      return { line: 1, column: 1, message: error.message, ...(error.remedy ? { remedy: error.remedy } : {}) };
    }
  };
}

/** A file as it is, whatever it is. @throws UserError where it cannot be read */
export function fileBytes(base: Base, path: string): Buffer {
  if (kindAt(base, path) === "nothing") throw new UserError("no such file", { place: path });
  try {
    return new FileReader().read(absolute(base, path)).bytes;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    throw new UserError(error.message, { place: path });
  }
}
