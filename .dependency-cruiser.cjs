// Who may import whom (docs/design.md, "Rooms"). Each comment says where the code belongs instead.

/** The rooms of server and domain, lowest first: each may use those before it. */
const ROOMS = ["base", "evidence", "access", "people", "policy", "registers", "answers", "gather", "shell"];
/** What a file of a noun in server may be called, alone or after a word of its own: "service.ts", "import-service.ts". */
const FILE_NAMES = {
  service: "what pages, forms and commands call to change something: authorises, and writes state and evidence",
  queries: "what they ask: authorises, and returns only what is shown",
  repository: "reads and writes rows, and knows nothing else",
  job: "timed work",
  effects: "what the noun does within another noun's transaction",
  change: "a step within the transaction that several services of the noun share",
  rules: "decides on what is stored, and writes nothing",
  reader: "takes apart what comes from outside: lists, filters, words",
  writer: "puts into a form for outside: a page, a file, an answer to a program",
  index: "what is kept in memory to be searched",
  secret: "makes, hashes and compares secrets and seals",
  process: "what runs in a process of its own, and what starts it",
};
/** They run the portal itself, and are no nouns of the product: their files are called what they do. */
const MECHANISMS = "base|shell|evidence/(journal|outbox|signing-key)|access/identity";

const NOT_TESTS = "\\.test\\.tsx?$|/testing/";

/** @param {string} layer */
const inOrder = (layer) =>
  ROOMS.slice(0, -1).map((room, index) => ({
    name: `${layer}-${room}-uses-lower-rooms`,
    comment: `${layer}/${room} uses the rooms before it: ${ROOMS.slice(0, index).join(", ") || "none"}. What a higher room does about it is asked through server/base/connections.ts, or handed in.`,
    severity: "error",
    from: { path: `^${layer}/${room}/`, pathNot: NOT_TESTS },
    to: { path: `^${layer}/(${ROOMS.slice(index + 1).join("|")})/`, pathNot: NOT_TESTS },
  }));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...inOrder("server"),
    ...inOrder("domain"),
    {
      name: "everything-is-in-a-room",
      comment: `server/ and domain/ hold rooms: ${ROOMS.join(", ")}. Put the noun into the lowest room that has all it needs.`,
      severity: "error",
      from: {},
      to: { path: "^(server|domain)/", pathNot: `^(server|domain)/(${ROOMS.join("|")}|testing)/` },
    },
    {
      name: "files-have-the-usual-names",
      comment: `In server a file of a noun is one of these, alone or after a word of its own. ${Object.entries(
        FILE_NAMES,
      )
        .map(([name, meaning]) => `${name}: ${meaning}`)
        .join(". ")}.`,
      severity: "error",
      from: {},
      to: {
        path: "^server/",
        pathNot: `^server/(${MECHANISMS}|testing)/|[/-](${Object.keys(FILE_NAMES).join("|")})\\.ts$|${NOT_TESTS}`,
      },
    },
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
        "A page asks server/<room>/<noun>/queries.ts, a form calls server/<room>/<noun>/service.ts; what reads or writes rows belongs in a repository behind them.",
      severity: "error",
      from: { path: "^app/" },
      to: {
        path: "^server/[^/]+/[^/]+/[a-z-]*repository\\.ts$|^server/base/db/|^node_modules/(@prisma|pg|@electric-sql)/|^prisma/",
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
      name: "a-noun-keeps-its-repository-and-service",
      comment:
        "Only the noun itself uses its repository, and only pages, forms and commands its service. Other nouns ask its queries.ts, and call its effects.ts for what it does within their transaction.",
      severity: "error",
      from: { path: "^server/([^/]+/[^/]+)/", pathNot: `${NOT_TESTS}|^server/shell/` },
      to: { path: "^server/[^/]+/[^/]+/[a-z-]*(repository|service)\\.ts$", pathNot: "^server/$1/" },
    },
    {
      name: "repositories-know-rows-only",
      comment:
        "A repository knows the domain and the database. Permissions, evidence and other nouns belong in its service.ts or queries.ts.",
      severity: "error",
      from: { path: "^server/[^/]+/[^/]+/[a-z-]*repository\\.ts$" },
      to: { path: "^(app|server|prisma)/", pathNot: "^server/base/db/|^prisma/seed/" },
    },
    {
      name: "design-system-knows-no-domain",
      comment:
        "app/_ui holds no words of the domain: a component that knows verdicts or policies belongs in a room of app/(portal) or in app/_portal.",
      severity: "error",
      from: { path: "^app/_ui/" },
      to: { path: "^(domain|server)/|^app/(_portal|\\(portal\\))/" },
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
      to: { couldNotResolve: true, pathNot: "^#server/base/db/generated|generated/" },
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
