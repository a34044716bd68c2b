// Runs in browsers as a service worker, for /offline alone: keeps that page and its style, and nothing else, so that it
// can be read without a connection. With a connection the page is fetched anew, and takes the place of the kept one
// (docs/decisions/075-offline-card.md).

const CARD = "/offline";
const CACHE = "offline-card";

/** What is dropped from the kept page: scripts, and every link but its styles. */
const LEFT_OUT = /<script\b[^>]*>[^]*?<\/script>|<link\b(?![^>]*\brel="stylesheet")[^>]*>/g;
const STYLE = /<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"]+)"/g;
/** The headers that the kept page needs. */
const HEADERS = ["content-type", "content-security-policy"];

self.addEventListener("install", (event) => {
  event.waitUntil(
    fetch(CARD)
      .then(keep)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const isCard = request.mode === "navigate" && new URL(request.url).pathname === CARD;
  const style = isCard ? undefined : await cache.match(request, { ignoreVary: true });
  if (style) return style;
  try {
    const response = await fetch(request);
    // What cannot be kept leaves the card of before.
    if (isCard) event.waitUntil(keep(response.clone()).catch(() => {}));
    return response;
  } catch {
    // Fonts and icons are not kept: the card is readable without them.
    if (!isCard) return new Response(null, { status: 204 });
    return (await cache.match(CARD)) ?? Response.error();
  }
}

/** Keeps a page and its styles, then drops those of the page before. What is no card, such as a sign-in, is refused. */
async function keep(response) {
  if (!response.ok || response.redirected) throw new Error("There is no card to keep.");
  const html = (await response.text()).replace(LEFT_OUT, "");
  const styles = [...html.matchAll(STYLE)].map(([, href]) => href.replaceAll("&amp;", "&"));
  const headers = HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const cache = await caches.open(CACHE);
  await cache.addAll(styles);
  await cache.put(CARD, new Response(html, { headers }));
  for (const request of await cache.keys())
    if (![CARD, ...styles].includes(pathOf(request))) await cache.delete(request);
}

function pathOf({ url }) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
