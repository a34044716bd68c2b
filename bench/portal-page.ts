/** The body whose employee asks, and whose policy is used: the one with the most rules. */
export const BODY = "bromsgrove-redditch";

/** The pages that are measured: of the wizard the first question, where everything is still open, one midway, and a result; of the matrix the policy's own, and the two questions with the most answers. */
export const ADDRESSES = {
  home: "/",
  policy: `/policies/${BODY}`,
  question: `/check?policy=${BODY}`,
  "question/midway": `/check?policy=${BODY}&audience=colleague&purpose=logistics`,
  result: `/check?policy=${BODY}&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&publishable=yes`,
  matrix: `/matrix?policy=${BODY}`,
  "matrix/dense": `/matrix?policy=${BODY}&rows=purpose&columns=audience`,
} as const;

/**
 * Loads a page of the portal, compressed as browsers ask for it.
 * @throws Error unless it is a page for somebody who is signed in
 */
export async function get(address: string, cookie: string): Promise<string> {
  const response = await fetch(address, {
    headers: { cookie, accept: "text/html", "accept-encoding": "gzip" },
    redirect: "manual",
  });
  const html = await response.text();
  if (response.status !== 200 || !/<h1\b/.test(html) || !html.includes("Sign out"))
    throw new Error(`${address} is not the page that was to be measured: status ${response.status}.`);
  return html;
}

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
