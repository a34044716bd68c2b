import { startEmptyApp } from "./empty-app.ts";
import { lineOf, type Part } from "./line.ts";
import { loadScript, type PageScript } from "./page-script.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { ADDRESSES, BODY, get } from "./portal-page.ts";
import { signIn } from "./sample-session.ts";

const MEASURES = { gzip: "served", raw: "raw", inline: "inline" } as const satisfies Record<string, keyof PageScript>;

/** Bytes of script that each page makes a browser load, against an empty page of the framework. */
export const benchJavaScript: Part = async (print, say) => {
  say("javascript: building and starting an empty app of the framework");
  const emptyApp = await startEmptyApp();
  const peer = await fetch(emptyApp.origin)
    .then(async (response) => loadScript(emptyApp.origin, await response.text()))
    .finally(() => emptyApp.stop());
  say("javascript: building and starting a copy of the portal");
  const portal = await startPortalCopy();
  try {
    const cookie = await signIn(portal.origin, BODY);
    for (const [page, path] of Object.entries(ADDRESSES)) {
      const script = await loadScript(portal.origin, await get(portal.origin + path, cookie));
      for (const [measure, key] of Object.entries(MEASURES))
        print(
          lineOf({
            name: `javascript/${page}/${measure}`,
            value: script[key],
            unit: "bytes",
            peer: "empty app",
            peerValue: peer[key],
          }),
        );
    }
  } finally {
    await portal.stop();
  }
};
