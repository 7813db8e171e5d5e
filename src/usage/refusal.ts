/** Why a text is no evidence: the fact, the line that shows it, and the commands that give a good one. */
export interface Refusal {
  /** What the text is called: a path, or `-`. */
  readonly name: string;
  readonly fact: string;
  readonly line?: number;
  readonly remedy: readonly string[];
}

/** Whether a text was refused. */
export const isRefusal = (value: object): value is Refusal => "fact" in value && "remedy" in value;

/** Thrown by the reader of a form, and turned into a {@link Refusal} by whoever chose the form. */
export class Refused extends Error {
  constructor(
    fact: string,
    readonly line?: number,
    readonly remedy?: readonly string[],
  ) {
    super(fact);
  }
}

/** What `read` gives, or the refusal that it throws. Anything else that it throws is a bug. */
export async function refusing<T>(
  name: string,
  remedy: readonly string[],
  read: () => T | Promise<T>,
): Promise<T | Refusal> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message: fact, line } = error;
    return { name, fact, ...(line !== undefined && { line }), remedy: error.remedy ?? remedy };
  }
}
