/** A data file as a readable page: every field by its name, in words. @param data parsed JSON */
export const readablePage = (heading: string, data: unknown): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(heading)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid; padding-top: 1rem; }
dl { margin: 0; } dt { font-weight: bold; } dd { margin: 0 0 0.5rem 1rem; white-space: pre-wrap; } li { margin-bottom: 1rem; }
</style>
</head>
<body>
<h1>${escape(heading)}</h1>
${fieldsOf(data)
  .map(([name, value]) => `<section><h2>${inWords(name)}</h2>${draw(value)}</section>`)
  .join("\n")}
</body>
</html>
`;

function draw(value: unknown): string {
  if (value === null || value === undefined || value === "") return "<p>Nothing.</p>";
  if (Array.isArray(value)) {
    if (value.length === 0) return "<p>Nothing.</p>";
    return `<ol>${value.map((one) => `<li>${draw(one)}</li>`).join("")}</ol>`;
  }
  if (typeof value === "object")
    return `<dl>${fieldsOf(value)
      .map(([name, one]) => `<dt>${inWords(name)}</dt><dd>${isPlain(one) ? plain(one) : draw(one)}</dd>`)
      .join("")}</dl>`;
  return `<p>${plain(value)}</p>`;
}

const fieldsOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

const isPlain = (value: unknown): boolean => value === null || typeof value !== "object";

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return escape(typeof value === "string" ? value : JSON.stringify(value));
}

/** "exceptionsDecided" → "Exceptions decided" */
function inWords(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return escape(words.charAt(0).toUpperCase() + words.slice(1));
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
