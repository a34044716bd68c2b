import { createInterface } from "node:readline";

/** Asks on the terminal, or reads the answers from what stands on standard input, a line each. */
export function openQuestions() {
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();

  /** One line, as it was typed but for the blanks around it. Ends the command when there are no more answers. */
  async function ask(question: string): Promise<string> {
    process.stdout.write(question);
    const next = await lines.next();
    if (!next.done) return next.value.trim();
    console.error("\nNothing was made: an answer is missing.");
    process.exit(1);
  }

  /** A valid value: the one given as an option, or else the first valid answer. */
  async function settle(
    option: string | undefined,
    question: string,
    problemOf: (value: string) => string | null,
  ): Promise<string> {
    let value = option?.trim() ?? (await ask(question));
    for (;;) {
      const problem = problemOf(value);
      if (problem === null) return value;
      console.error(problem);
      value = await ask(question);
    }
  }

  return { ask, settle, close: () => terminal.close() };
}
