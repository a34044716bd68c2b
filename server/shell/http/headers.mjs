// @ts-check
// The headers of every answer, including files and errors that come before Next. A page's own Content-Security-Policy
// and Cache-Control replace these.

const NO_FEATURES = [
  "accelerometer",
  "autoplay",
  "bluetooth",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "web-share",
  "window-management",
  "xr-spatial-tracking",
];

/** Nothing may run, load or frame: for anything that is not a page. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HSTS = "max-age=31536000; includeSubDomains";

/** @param {string} appUrl @returns {Readonly<Record<string, string>>} in lower case */
export const usualHeaders = (appUrl) => ({
  "content-security-policy": NO_PAGE,
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": NO_FEATURES.map((name) => `${name}=()`).join(", "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "x-permitted-cross-domain-policies": "none",
  "x-dns-prefetch-control": "off",
  // Only if it is reached by TLS: a browser would refuse plain HTTP for a year.
  ...(appUrl.startsWith("https://") && { "strict-transport-security": HSTS }),
});

/**
 * What a page may load and do: nothing from elsewhere. Scripts only if it has one, and a worker only where one keeps
 * the page; React's tools in development need more.
 * @param {{ isScripted: boolean, hasWorker: boolean, isDevelopment: boolean, framedBy?: readonly string[] | undefined }} page
 * `framedBy`: the origins whose pages may show it in a frame
 */
export function pagePolicy({ isScripted, hasWorker, isDevelopment, framedBy = ["'none'"] }) {
  const script = isDevelopment ? "'self' 'unsafe-inline' 'unsafe-eval'" : isScripted ? "'self'" : "'none'";
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `worker-src ${hasWorker ? "'self'" : "'none'"}`,
    `connect-src ${isScripted || isDevelopment ? "'self'" : "'none'"}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy.join(" ")}`,
  ].join("; ");
}

/**
 * Adds the headers that an answer does not set itself, at the moment its head is sent.
 * @param {import("node:http").ServerResponse} res
 * @param {Readonly<Record<string, string>>} headers
 */
export function addHeaders(res, headers) {
  const writeHead = res.writeHead.bind(res);
  Object.assign(res, {
    /** @param {unknown[]} args */
    writeHead: (...args) => {
      if (!res.headersSent) {
        for (const [name, value] of Object.entries(headers)) if (!res.hasHeader(name)) res.setHeader(name, value);
        // It knows no list of origins: a page that others may frame says who in its policy.
        if (/frame-ancestors (?!'none')/.test(String(res.getHeader("content-security-policy"))))
          res.removeHeader("x-frame-options");
      }
      res.removeHeader("x-powered-by");
      return /** @type {Function} */ (writeHead)(...args);
    },
  });
}
