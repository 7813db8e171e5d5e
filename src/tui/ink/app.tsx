import { Box, Text, useApp, useInput, usePaste } from "ink";
import { memo, useLayoutEffect } from "react";

export type Lend = (work: () => void | Promise<void>) => Promise<void>;

interface AppProps {
  /** A line for each row of the screen. */
  lines: readonly string[];
  /** Called when it is there, with what lends the terminal; what it gives back is called when it goes. */
  onShown(lend: Lend): () => void;
}

/** One row: drawn again only where it has changed. */
const Row = memo(({ line }: { line: string }) => <Text wrap="truncate">{line}</Text>);

const nothing = (): void => undefined;

/** The whole screen. */
export function App({ lines, onShown }: AppProps) {
  // For the modes that they set: what is typed and pasted is read elsewhere.
  useInput(nothing);
  usePaste(nothing);
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => onShown(suspendTerminal), [onShown, suspendTerminal]);
  return (
    <Box flexDirection="column">
      {lines.map((line, at) => (
        <Row key={at} line={line} />
      ))}
    </Box>
  );
}
