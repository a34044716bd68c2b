import { nothingThere, savedFile } from "./file-response.ts";
import { seeOther } from "./receive-form.ts";

/**
 * An answer that a browser saves as a JSON file; a 404 for null.
 * @param name without its ending
 * @param page the page that says why there is none yet, where that is "waits"
 */
export function jsonFile(name: string, content: object | "waits" | null, page: string): Response {
  if (content === "waits") return seeOther(page);
  if (content === null) return nothingThere();
  return savedFile(`${name}.json`, "application/json; charset=utf-8", `${JSON.stringify(content, null, 2)}\n`);
}
