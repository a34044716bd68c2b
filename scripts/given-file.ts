import path from "node:path";
import { BackupError } from "#server/shell/backup/format.ts";

/**
 * The one file that a command was given, from the folder that it was typed in.
 * @throws BackupError with the command's use where there is none, or something else
 */
export function givenFile(args: readonly string[], use: string): string {
  const [file, ...more] = args;
  if (!file) throw new BackupError(`Name the file. ${use}`);
  const odd = [file, ...more].find((one) => one.startsWith("-")) ?? more[0];
  if (odd !== undefined) throw new BackupError(`"${odd}" is not understood. ${use}`);
  return path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
}
