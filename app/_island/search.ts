// Runs in browsers: searches while people type, without pressing the button, and the focus stays in the field. Filters
// wait for the button: choosing from a list must not move the page.

/** How long after the last key the words count as complete. */
const QUIET_MS = 300;
/** What a search changes on the page; the first is announced. */
const CHANGING = ["search-status", "search-results"];

const form = document.querySelector<HTMLFormElement>("#search-island form");
let timer: number | undefined;
let asked: AbortController | undefined;

form?.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void search(form, true), QUIET_MS);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  window.clearTimeout(timer);
  void search(form);
});

/** @param isTyping they may not have finished: what is not found yet is not counted */
async function search(from: HTMLFormElement, isTyping = false): Promise<void> {
  const fields = [...new FormData(from)].flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [[name, value]] : [],
  );
  const address = `/search?${new URLSearchParams(fields).toString()}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const response = await fetch(isTyping ? `${address}&typing=1` : address, {
      signal: asked.signal,
      headers: { accept: "text/html" },
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const parts = CHANGING.map((id) => [document.getElementById(id), page.getElementById(id)] as const);
    // Another page, such as the sign-in page or one with an error, is shown as a whole.
    if (!response.ok || response.redirected || page.querySelector("[aria-invalid]"))
      return window.location.assign(address);
    for (const [here, there] of parts) if (here && there) here.replaceChildren(...there.childNodes);
    document.title = page.title;
    window.history.replaceState(null, "", address);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) window.location.assign(address);
  }
}
