/** @type {import("next").NextConfig} */
export default {
  // scripts/prepare.mjs gives each state of the sources a build folder of its own.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  compress: false, // server/shell/http does
  // Titles stand in the head, for everybody: nothing moves them there afterwards.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  typedRoutes: true,
  agentRules: false,
  devIndicators: false,
  experimental: {
    // What a request may bring is limited before Next (server/shell/http/request-rules.mjs); it would cut off more than this unasked.
    proxyClientMaxBodySize: "42mb",
    // All pages at the start would take seconds in one go and most of the memory: each is loaded when it is first asked for.
    preloadEntriesOnStart: false,
  },
  // Browsers ask for the first by themselves where they have not read the page yet; the second has the body's name.
  rewrites: async () => [
    { source: "/favicon.ico", destination: "/icon.svg" },
    { source: "/manifest.webmanifest", destination: "/look/manifest" },
  ],
  // Browsers look at the icon again whenever the address changes, also where a page changes it without a request.
  headers: async () => [
    { source: "/icon.svg", headers: [{ key: "cache-control", value: "private, max-age=3600" }] },
    // Pages of the intranet load it.
    {
      source: "/embed.js",
      headers: [
        { key: "cross-origin-resource-policy", value: "cross-origin" },
        { key: "cache-control", value: "public, max-age=3600" },
      ],
    },
    // A worker may fetch what its own policy lets it: the card and its style, from here.
    {
      source: "/offline-worker.js",
      headers: [
        { key: "content-security-policy", value: "default-src 'none'; connect-src 'self'" },
        { key: "cache-control", value: "no-cache" },
      ],
    },
  ],
  // What is large is loaded once, and does not lie in the bundle of each page beside it.
  serverExternalPackages: [
    "date-holidays",
    "@electric-sql/pglite",
    "pglite-prisma-adapter",
    "@mdx-js/mdx",
    "pg-boss",
    "nodemailer",
    "rate-limiter-flexible",
    "better-auth",
    "yaml",
    "temporal-polyfill",
    "jose",
    "acorn",
  ],
  // Types and lint have their own step in `npm test`; the build at a first start need not repeat them.
  typescript: {
    ignoreBuildErrors: true,
    tsconfigPath: process.env.NEXT_DIST_DIR ? ".cache/tsconfig.build.json" : "tsconfig.json",
  },
};
