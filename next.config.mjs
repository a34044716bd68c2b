/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter", "@mdx-js/mdx"],
  // Types and lint have their own step in `npm test`; the build at a first start need not repeat them.
  typescript: { ignoreBuildErrors: true },
};
