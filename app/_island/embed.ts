// Runs in browsers, in a frame on a page of the intranet: tells that page how tall it is, so that it need not scroll.

const main = document.querySelector("#main");
const said = JSON.parse(document.querySelector("#embed-data")?.textContent ?? "{}") as { origins?: string[] };

function tellHeight(): void {
  const height = Math.ceil((main?.getBoundingClientRect().bottom ?? 0) + window.scrollY);
  // A browser hands it over only if the page around is of that origin.
  for (const origin of said.origins ?? []) window.parent.postMessage({ withCareHeight: height }, origin);
}

if (main && window.parent !== window) new ResizeObserver(tellHeight).observe(main);
