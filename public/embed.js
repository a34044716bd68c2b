// For pages of the intranet: puts what a link names in a frame above it, as tall as it has to be. Without this script the
// link remains (docs/authoring.md, "Embedding").
(() => {
  const own = new URL(document.currentScript.src).origin;
  for (const link of document.querySelectorAll("a[data-with-care]")) {
    const address = new URL(link.dataset.withCare, own);
    if (address.origin !== own) continue;
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = link.textContent;
    frame.style.cssText = "display: block; width: 100%; height: 40rem; border: 0";
    window.addEventListener("message", ({ origin, source, data }) => {
      if (origin !== own || source !== frame.contentWindow) return;
      const height = Number(data?.withCareHeight);
      if (height > 0 && height < 50_000) frame.style.height = `${height}px`;
    });
    link.removeAttribute("data-with-care");
    link.before(frame);
  }
})();
