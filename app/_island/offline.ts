// Runs in browsers: has the worker keep this page for when there is no connection, and says so once it is kept.

async function keepCard(): Promise<void> {
  // Browsers offer it over https alone.
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/offline-worker.js", { scope: "/offline" });
  await navigator.serviceWorker.ready;
  const note = document.querySelector<HTMLElement>("#offline-island p");
  if (note) note.hidden = false;
}

void keepCard();
