import path from "node:path";
import { BackupError } from "#server/shell/backup/format.ts";

/**
 * The file given to a command, relative to the folder in which it was typed.
 * @throws BackupError with the command's usage if there is none, or anything else
 */
export function givenFile(args: readonly string[], use: string): string {
  const [file, ...more] = args;
  if (!file) throw new BackupError(`Name the file. ${use}`);
  const odd = [file, ...more].find((one) => one.startsWith("-")) ?? more[0];
  if (odd !== undefined) throw new BackupError(`"${odd}" is not understood. ${use}`);
  return path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
}
