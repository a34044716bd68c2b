import { readdirSync } from "node:fs";
import path from "node:path";

/** Every address of the portal, such as "/exceptions/[reference]/why", from the files that define them. */
export function listRoutes(folder = "app", base = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): string[] => {
    if (entry.isFile()) {
      return entry.name === "page.tsx" || entry.name === "route.ts" ? [base || "/"] : [];
    }
    if (entry.name.startsWith("_")) return [];
    const segment = /^\(.*\)$/.test(entry.name) ? "" : `/${entry.name}`;
    return listRoutes(path.join(folder, entry.name), base + segment);
  });
}
