// Who may import whom (docs/decisions, DESIGN's layers). Each comment says where the code belongs instead.
/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "domain-imports-domain-and-zod-only",
      comment:
        "domain/ is pure: no framework, no I/O; zod, Temporal and diff are values only. What reads files, the clock or the database belongs in server/, what draws in app/.",
      severity: "error",
      from: { path: "^domain/", pathNot: "\\.test\\.ts$|^domain/testing/" },
      to: { pathNot: "^domain/|^node_modules/(zod|temporal-polyfill|diff)/" },
    },
    {
      name: "test-code-stays-in-tests",
      comment:
        "Tables and databases made for tests are imported by tests alone. What the portal needs belongs outside testing/.",
      severity: "error",
      from: { path: "^(app|domain|server|prisma)/", pathNot: "\\.test\\.tsx?$|/testing/" },
      to: { path: "/testing/|\\.test\\.tsx?$" },
    },
    {
      name: "app-asks-queries-and-services",
      comment:
        "A page asks server/<noun>/queries.ts, a form's action calls server/<noun>/service.ts; what reads or writes rows belongs in a repository behind them.",
      severity: "error",
      from: { path: "^app/" },
      to: {
        path: "^server/[^/]+/[a-z-]*repository\\.ts$|^server/base/db/|^node_modules/(@prisma|pg|@electric-sql)/|^prisma/",
      },
    },
    {
      name: "server-does-not-know-pages",
      comment: "server/ is called by app/, never the other way: hand back data and let the page draw it.",
      severity: "error",
      from: { path: "^(server|domain|prisma)/" },
      to: { path: "^app/" },
    },
    {
      name: "a-noun-keeps-its-repository",
      comment: "Only the noun itself uses its repository; others ask its queries.ts.",
      severity: "error",
      from: { path: "^server/([^/]+)/", pathNot: "\\.test\\.ts$|^server/testing/" },
      to: { path: "^server/[^/]+/[a-z-]*repository\\.ts$", pathNot: "^server/$1/" },
    },
    {
      name: "repositories-know-rows-only",
      comment:
        "A repository knows the domain and the database. Permissions, evidence and other nouns belong in its service.ts or queries.ts.",
      severity: "error",
      from: { path: "^server/[^/]+/[a-z-]*repository\\.ts$" },
      to: { path: "^(app|server|prisma)/", pathNot: "^server/base/db/|^prisma/seed/" },
    },
    {
      name: "design-system-knows-no-domain",
      comment:
        "app/_ui holds no words of the domain: a component that knows verdicts or policies belongs in app/_verdict, app/_portal or beside its page.",
      severity: "error",
      from: { path: "^app/_ui/" },
      to: { path: "^(domain|server)/|^app/_(verdict|portal|mdx|hold)/" },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one, or need a third that both import.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that leads nowhere: correct the path or add the package.",
      severity: "error",
      from: { pathNot: "^server/base/db/generated" },
      to: { couldNotResolve: true, pathNot: "^#server/db/generated|generated/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.cache|\\.data)/|^server/base/db/generated/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "import", "require", "node", "default", "types"],
    },
  },
};
