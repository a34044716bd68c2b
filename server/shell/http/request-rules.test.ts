import { expect, it } from "vitest";
import { listRoutes } from "../../../e2e/routes.ts";
import {
  isOpenPath,
  isScripted,
  limitOf,
  pathForLog,
  routedPath,
  SPECULATION_RULES,
  textAddressOf,
} from "./request-rules.mjs";

/**
 * Every address of the portal, under the limit that requests to it count towards. Anything that costs more than ten
 * ordinary pages is an export (docs/bench.md); "none" is for what costs less or nothing. A new address missing here
 * fails the test.
 */
const CLASSES = {
  none: `
    /
    /absences/[person]
    /absences/[person]/send
    /accessibility-statement
    /acknowledgements
    /acknowledgements/[reference]
    /acknowledgements/[reference]/reply
    /acknowledgements/[reference]/reply/send
    /admin/embedding
    /admin/jobs
    /admin/jobs/send
    /admin/mail
    /admin/mail/[mail]
    /admin/mail/[mail]/send
    /admin/mail/send
    /admin/people
    /admin/people/[person]
    /admin/people/[person]/account/send
    /admin/people/[person]/details
    /admin/people/[person]/details/send
    /admin/people/[person]/roles
    /admin/people/[person]/roles/send
    /admin/people/[person]/send
    /admin/people/import
    /admin/people/import/[import]
    /admin/people/import/[import]/send
    /admin/people/import/send
    /admin/people/new
    /admin/people/new/send
    /admin/people/teams
    /admin/people/teams/[team]
    /admin/people/teams/[team]/send
    /admin/permissions
    /admin/signing-keys
    /admin/signing-keys/revoke
    /admin/signing-keys/revoke/send
    /admin/signing-keys/send
    /admin/tokens
    /admin/tokens/[reference]
    /admin/tokens/[reference]/revoke
    /admin/tokens/[reference]/revoke/send
    /admin/tokens/new
    /admin/tokens/new/send
    /admin/webhooks
    /admin/webhooks/[reference]
    /admin/webhooks/[reference]/change
    /admin/webhooks/[reference]/change/send
    /admin/webhooks/[reference]/delete
    /admin/webhooks/[reference]/delete/send
    /admin/webhooks/[reference]/send
    /admin/webhooks/new
    /admin/webhooks/new/send
    /api/health
    /api/health/ready
    /api/metrics
    /check/helped
    /check/helped/send
    /check/message
    /apps
    /apps/[app]
    /apps/[app]/decide
    /apps/[app]/decide/send
    /apps/new
    /apps/new/send
    /campaigns
    /campaigns/[reference]
    /campaigns/[reference]/change
    /campaigns/[reference]/change/send
    /campaigns/[reference]/send
    /campaigns/new
    /campaigns/new/send
    /campaigns/send
    /checks-held
    /checks-held/[reference]
    /checks-held/[reference]/send
    /checks-held/new
    /checks-held/new/send
    /checks-held/samples/[reference]
    /checks-held/samples/[reference]/answer
    /checks-held/samples/[reference]/answer/send
    /checks-held/samples/[reference]/send
    /checks-held/samples/new
    /checks-held/samples/new/send
    /content
    /complaints/new
    /complaints/new/send
    /continuity
    /continuity/[reference]
    /continuity/[reference]/send
    /continuity/send
    /decisions
    /decisions/[reference]
    /decisions/[reference]/delete
    /decisions/[reference]/delete/send
    /decisions/[reference]/send
    /decisions/seen/send
    /decisions/send
    /decisions/shared/[token]
    /deputies
    /deputies/send
    /drafts
    /drafts/[slug]/[version]/[file]
    /evidence
    /evidence/export
    /evidence/heads
    /evidence/heads/send
    /evidence/heads/witness/send
    /evidence/proof
    /exceptions
    /exceptions/[reference]
    /exceptions/[reference]/approve
    /exceptions/[reference]/approve/send
    /exceptions/[reference]/check
    /exceptions/[reference]/check/send
    /exceptions/[reference]/conditions/[condition]/send
    /exceptions/[reference]/decline
    /exceptions/[reference]/decline/send
    /exceptions/[reference]/discard
    /exceptions/[reference]/discard/send
    /exceptions/[reference]/extend
    /exceptions/[reference]/extend/send
    /exceptions/[reference]/give-more-time
    /exceptions/[reference]/give-more-time/send
    /exceptions/[reference]/mitigations/[mitigation]/send
    /exceptions/[reference]/notes/send
    /exceptions/[reference]/pass-on
    /exceptions/[reference]/pass-on/send
    /exceptions/[reference]/permit
    /exceptions/[reference]/request-changes
    /exceptions/[reference]/request-changes/send
    /exceptions/[reference]/revoke
    /exceptions/[reference]/revoke/send
    /exceptions/[reference]/risks
    /exceptions/[reference]/risks/[number]
    /exceptions/[reference]/risks/[number]/remove
    /exceptions/[reference]/risks/[number]/remove/send
    /exceptions/[reference]/risks/[number]/send
    /exceptions/[reference]/risks/new
    /exceptions/[reference]/risks/new/send
    /exceptions/[reference]/sent
    /exceptions/[reference]/take-over/send
    /exceptions/[reference]/who
    /exceptions/[reference]/who/send
    /exceptions/[reference]/why
    /exceptions/[reference]/why/send
    /exceptions/[reference]/withdraw
    /exceptions/[reference]/withdraw/send
    /exceptions/figures
    /exceptions/new
    /exceptions/new/send
    /exceptions/queue
    /exceptions/register
    /board
    /governance
    /governance/people
    /governance/people/[person]/paper
    /governance/people/[person]/paper/[reference]
    /governance/people/[person]/paper/[reference]/send
    /governance/people/[person]/paper/send
    /governance/people/send
    /governance/person-search
    /governance/retention
    /governance/retention/send
    /figures
    /groups
    /groups/[reference]
    /groups/[reference]/alerts
    /groups/[reference]/alerts/send
    /groups/[reference]/change
    /groups/[reference]/change/send
    /groups/[reference]/clear-downs
    /groups/[reference]/clear-downs/send
    /groups/[reference]/close
    /groups/[reference]/close/send
    /groups/[reference]/decide
    /groups/[reference]/decide/send
    /groups/[reference]/ledger
    /groups/[reference]/members
    /groups/[reference]/members/send
    /groups/[reference]/review
    /groups/[reference]/review/send
    /groups/[reference]/send
    /groups/[reference]/settings
    /groups/[reference]/settings/send
    /groups/join/[token]
    /groups/join/[token]/send
    /groups/join/done
    /groups/new
    /groups/new/send
    /holds
    /holds/[reference]
    /holds/[reference]/send
    /holds/new
    /holds/new/send
    /incidents
    /incidents/breaches
    /incidents/[reference]
    /incidents/[reference]/report
    /incidents/[reference]/send
    /incidents/[reference]/steps/[step]
    /incidents/[reference]/steps/[step]/send
    /incidents/new
    /incidents/new/send
    /llms.txt
    /look/[file]
    /matrix
    /matrix.md
    /.well-known/oauth-protected-resource
    /.well-known/oauth-protected-resource/mcp
    /me
    /me/digest/send
    /me/send
    /me/token/send
    /more
    /clear-downs
    /phone-returns
    /phone-returns/[reference]
    /phone-returns/[reference]/send
    /phone-returns/new
    /phone-returns/new/send
    /photos
    /photos/[reference]
    /photos/[reference]/send
    /photos/new
    /photos/new/send
    /policies
    /offline
    /outside-rules/[rule]
    /outside-rules/[rule]/send
    /policies/[slug]
    /policies/[slug]/about
    /policies/[slug]/acknowledge
    /policies/[slug]/acknowledge/send
    /policies/[slug]/ask
    /policies/[slug]/ask/send
    /policies/[slug]/card
    /policies/[slug]/changes
    /policies/[slug]/clauses
    /policies/[slug]/clauses/[clause]
    /policies/[slug]/clauses/[clause]/text.md
    /policies/[slug]/coverage
    /policies/[slug]/debt
    /policies/[slug]/debt/send
    /policies/[slug]/map
    /policies/[slug]/on
    /policies/[slug]/on/[date]
    /policies/[slug]/on/[date]/foi-pack
    /policies/[slug]/outcomes
    /policies/[slug]/poster
    /policies/[slug]/suggest
    /policies/[slug]/suggest/send
    /policies/[slug]/text.md
    /policies/[slug]/versions/[version]
    /policies/[slug]/versions/[version]/text.md
    /policies/[slug]/versions/[version]/print.css
    /policies/compare
    /privacy
    /problem
    /proposals
    /proposals/[reference]
    /proposals/[reference]/send
    /proposals/new
    /proposals/new/send
    /questions
    /questions/[reference]
    /questions/[reference]/send
    /questions/unfound
    /records
    /records/[reference]
    /records/[reference]/correct
    /records/[reference]/correct/send
    /records/[reference]/disposal
    /records/[reference]/disposal/send
    /records/[reference]/send
    /records/new
    /records/new/send
    /records/send
    /requests
    /requests/[reference]
    /requests/[reference]/correct
    /requests/[reference]/correct/send
    /requests/[reference]/hold
    /requests/[reference]/hold/send
    /requests/[reference]/report
    /requests/[reference]/searches/[search]
    /requests/[reference]/searches/[search]/send
    /requests/[reference]/searches/new
    /requests/[reference]/searches/new/send
    /requests/[reference]/send
    /requests/new
    /requests/new/send
    /search/unfound
    /search/unfound/send
    /sign-in
    /sign-in/again
    /sign-out
    /sign-out/done
    /tasks
    /tasks/begun/send
    /tasks/feed/[token]
    /tasks/feed/send
    /team
    /team/send
  `,
  signIn: `
    /sign-in/callback
    /sign-in/send
    /sign-in/start
  `,
  scim: `
    /scim/v2/[[...path]]
  `,
  api: `
    /api/backup
    /api/doctor
    /api/evidence/verify
    /api/people/import
    /api/policies/publish
    /api/signing-keys
    /api/v1/[[...path]]
    /mcp
  `,
  embed: `
    /embed/[body]/[slug]/check
    /embed/[body]/[slug]/matrix
  `,
  search: `
    /drafts/[slug]/[version]/[file]/send
    /drafts/send
    /policies/merge
    /policies/merge/send
    /check
    /search
  `,
  export: `
    /.well-known/jwks.json
    /admin/health
    /admin/people.csv
    /admin/people/teams.csv
    /admin/permissions.csv
    /apps/register.csv
    /checks-held/samples/[reference]/sample.csv
    /decisions/register.csv
    /questions/register.csv
    /evidence/export/send
    /acknowledgements/[reference]/proof.json
    /decisions/[reference]/proof.json
    /evidence/heads/[number]/head.json
    /evidence/send
    /exceptions/register.csv
    /exceptions/register/published.csv
    /figures.csv
    /governance/acknowledgements.csv
    /governance/people.csv
    /governance/person-search/send
    /groups/[reference]/ledger.csv
    /groups/register.csv
    /holds/register.csv
    /checks-held/register.csv
    /incidents/breaches/register.csv
    /incidents/register.csv
    /photos/register.csv
    /requests/register.csv
    /matrix.csv
    /matrix.svg
    /me/data
    /me/data/zip
    /phone-returns/register.csv
    /clear-downs/register.csv
    /acknowledgements/register.csv
    /policies/[slug]/clauses.csv
    /policies/[slug]/on/[date]/foi-pack/send
    /policies/[slug]/outcomes.csv
    /policies/[slug]/outcomes.json
    /policies/[slug]/rules.dmn
    /policies/[slug]/situations.csv
    /policies/[slug]/versions/[version]/rules.dmn
    /policies/reviews.ics
    /records/export/send
    /team/acknowledgements.csv
  `,
};

const stated = Object.entries(CLASSES).flatMap(([kind, text]) =>
  text
    .trim()
    .split(/\s+/)
    .map((route) => ({ route, kind })),
);

it("has a limit stated for each address, and no other", () => {
  expect(stated.map(({ route }) => route).sort()).toEqual(listRoutes().sort());
});

it.each(stated)("counts $route as $kind", ({ route, kind }) => {
  const url = new URL(
    `http://portal.invalid${route.replaceAll(/\[+(?:\.\.\.)?(\w+)\]+/g, "$1")}?q=words&say=words&policy=nao`,
  );
  // A form counts when it is sent: a GET of its address only redirects to the page.
  const method = route.endsWith("/send") ? "POST" : "GET";
  expect(limitOf(method, url) ?? "none").toBe(kind);
  expect(limitOf("HEAD", url) ?? "none", "HEAD costs the same").toBe(limitOf("GET", url) ?? "none");
});

it("keeps secrets that stand in an address out of the log", () => {
  for (const { route } of stated.filter((one) => one.route.includes("[token]")))
    expect(pathForLog(route.replace("[token]", "planted-secret")), route).not.toContain("planted");
});

it.each([
  "/sign-in",
  "/groups/join/abc",
  "/accessibility-statement",
  "/privacy",
  "/api/health",
  "/api/v1/policies",
  "/scim/v2/Users",
  "/mcp",
  "/.well-known/oauth-protected-resource/mcp",
  "/icon.svg",
  "/icon-maskable-512.png",
  "/apple-touch-icon.png",
  "/apple-touch-icon-precomposed.png",
  "/manifest.webmanifest",
  "/look/logo",
  "/robots.txt",
  "/offline-worker.js",
  "/embed.js",
  "/embed/nao/nao/matrix",
  "/tasks/feed/x.ics",
])("%s is open", (path) => expect(isOpenPath(path)).toBe(true));

it.each([
  "/",
  "/policies",
  "/sign-inn",
  "/sign-in-x/y",
  "/apiary",
  "/mcp-x",
  "/groups",
  "/groups/joining",
  "/groups/GRP-2345-6789",
  "/tasks",
  "/tasks/feeds",
  "/offline",
  "/offline/worker.js",
  "/policies/nao/rules.dmn",
  "/x/icon.svg",
  "/icons/x",
  "/assets/x",
  "/robots.txt/x",
  "/llms.txt",
  "/matrix.md",
  "/policies/nao.md",
  "/embedded",
])("%s asks for sign-in", (path) => expect(isOpenPath(path)).toBe(false));

it.each([
  ["/policies/nao.md", "", "/policies/nao/text.md"],
  ["/policies/nao/versions/1.1.md", "", "/policies/nao/versions/1.1/text.md"],
  ["/policies/nao/clauses/2.1.md", "", "/policies/nao/clauses/2.1/text.md"],
  ["/policies/nao/text.md", "", "/policies/nao/text.md"],
  ["/policies/text.md", "", "/policies/text/text.md"],
  ["/policies/nao", "text/markdown", "/policies/nao/text.md"],
  ["/policies/nao", "Text/Markdown, text/html, */*", "/policies/nao/text.md"],
  ["/policies/nao", "text/html, text/markdown;q=0.9", "/policies/nao"],
  ["/policies/nao", "text/markdown;q=0", "/policies/nao"],
  ["/policies/nao", "text/html,application/xhtml+xml,*/*;q=0.8", "/policies/nao"],
  ["/policies/nao/versions/1.1", "text/markdown", "/policies/nao/versions/1.1/text.md"],
  ["/matrix", "text/markdown", "/matrix.md"],
  ["/matrix.csv", "text/markdown", "/matrix.csv"],
  ["/policies/compare", "text/markdown", "/policies/compare"],
  ["/policies/merge", "text/markdown", "/policies/merge"],
  ["/policies/nao", "*/*, text/markdown;q=0.5", "/policies/nao"],
  ["/policies/nao", "text/*;q=0.8, text/markdown;q=0.5", "/policies/nao"],
  ["/policies/nao", "text/markdown, */*", "/policies/nao/text.md"],
  ["/policies/nao", "text/markdown;q=0.5, text/html;q=0.2, */*", "/policies/nao/text.md"],
  ["/policies/nao/about", "text/markdown", "/policies/nao/about"],
  ["/tasks", "text/markdown", "/tasks"],
  ["/scim/v2//Users/", "text/markdown", "/scim/v2/Users"],
])("%s for %s is %s", (path, accept, routed) => expect(routedPath(path, accept)).toBe(routed));

it("leads no page that has a name of its own to the Markdown of a policy", () => {
  const named = listRoutes().filter((path) => /^\/policies\/[^/[]+$/.test(path));
  expect(named).toContain("/policies/merge");
  expect(named.filter((path) => textAddressOf(path) !== null)).toEqual([]);
});

it("names the Markdown of pages that have it", () => {
  expect(["/matrix", "/policies/nao", "/policies/nao/clauses/2.1"].map(textAddressOf)).toEqual([
    "/matrix.md",
    "/policies/nao.md",
    "/policies/nao/clauses/2.1.md",
  ]);
  for (const path of [
    "/",
    "/policies",
    "/policies/nao.md",
    "/policies/compare",
    "/policies/reviews.ics",
    "/policies/nao/map",
  ])
    expect(textAddressOf(path), path).toBeNull();
});

it("lets few pages run a script, and browsers fetch no address that records a reading, signs out or is a file", () => {
  expect(listRoutes().filter(isScripted).sort()).toEqual([
    "/acknowledgements/[reference]",
    "/board",
    "/drafts/[slug]/[version]/[file]",
    "/embed/[body]/[slug]/check",
    "/embed/[body]/[slug]/matrix",
    "/exceptions/[reference]/permit",
    "/figures",
    "/incidents/[reference]/report",
    "/matrix",
    "/offline",
    "/policies/[slug]/card",
    "/policies/[slug]/poster",
    "/requests/[reference]/report",
    "/search",
  ]);
  const fetched = SPECULATION_RULES.prefetch.flatMap(({ where }) =>
    where.and.flatMap((part) => part.href_matches ?? []),
  );
  expect(fetched).toContain("/policies/*");
  for (const other of ["/*", "/evidence", "/incidents/*", "/decisions/*", "/groups/*", "/sign-out"])
    expect(fetched).not.toContain(other);
});
