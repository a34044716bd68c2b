import { Readable } from "node:stream";
import { vi } from "vitest";

export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** What a command throws here where it would end its process. */
class Ended extends Error {}

let count = 0;

/**
 * Runs one of the commands of scripts/ as it stands, in this process: the same file from its first line to its last, with
 * these arguments and this input, and what it prints. What it reads is kept from run to run, which a process of its own would
 * read anew each time. That a process runs it is the first test of each command, by `spawnSync`.
 * @param file its path in the project
 * @param input all of its standard input, which then ends
 * @param settings instead of this process's
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  input = "",
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const result = { status: 0, stdout: "", stderr: "" };
  const put = (stream: "stdout" | "stderr") => (chunk: unknown) => {
    result[stream] += String(chunk);
    return true;
  };
  const [out, err] = [put("stdout"), put("stderr")];
  const before = { argv: process.argv, env: process.env, exitCode: process.exitCode };
  const spies = [
    vi
      .spyOn(process, "stdin", "get")
      .mockReturnValue(Readable.from(input === "" ? [] : [input]) as typeof process.stdin),
    vi.spyOn(process.stdout, "write").mockImplementation(out),
    vi.spyOn(process.stderr, "write").mockImplementation(err),
    vi.spyOn(console, "log").mockImplementation((line) => void out(`${String(line)}\n`)),
    vi.spyOn(console, "error").mockImplementation((line) => void err(`${String(line)}\n`)),
    vi.spyOn(process, "exit").mockImplementation((code) => {
      process.exitCode = code ?? 0;
      throw new Ended();
    }),
  ];
  process.argv = [process.execPath, file, ...args];
  process.env = { ...process.env, ...settings };
  process.exitCode = 0;
  try {
    // Another name for the same file each time, so that it runs again, and what it imports does not.
    await import(/* @vite-ignore */ `../../${file}?run=${++count}`);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  } finally {
    result.status = Number(process.exitCode ?? 0);
    for (const spy of spies) spy.mockRestore();
    Object.assign(process, before);
  }
  return result;
}
