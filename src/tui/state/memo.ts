/** A pure function that remembers its last call: asked again with the very same arguments, it does nothing again. */
export function remembering<Args extends readonly unknown[], Result>(
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { args: Args; result: Result } | null = null;
  return (...args) => {
    if (last?.args.every((arg, at) => arg === args[at])) return last.result;
    const result = work(...args);
    last = { args, result };
    return result;
  };
}
