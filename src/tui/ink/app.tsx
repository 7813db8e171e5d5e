import { Box, Text, useInput, usePaste } from "ink";
import { memo } from "react";
import { keyNames } from "./key.ts";

interface AppProps {
  /** A line for each row of the screen. */
  lines: readonly string[];
  onKey(key: string): void;
  onPaste(text: string): void;
}

/** One row: drawn again only where it has changed. */
const Row = memo(({ line }: { line: string }) => <Text wrap="truncate">{line}</Text>);

/** The whole screen. */
export function App({ lines, onKey, onPaste }: AppProps) {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) onKey(name);
  });
  usePaste(onPaste);
  return (
    <Box flexDirection="column">
      {lines.map((line, at) => (
        <Row key={at} line={line} />
      ))}
    </Box>
  );
}
