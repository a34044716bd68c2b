/** The first attribute of that name in a tag, with its entities decoded; null if there is none. */
export function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, "i").exec(tag)?.[1];
  return found?.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&") ?? null;
}

/** The hidden fields of a form, as a browser would send them. */
export function hiddenFields(form: string): FormData {
  const fields = new FormData();
  for (const [input] of form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
    fields.append(attribute(input, "name") ?? "", attribute(input, "value") ?? "");
  return fields;
}
