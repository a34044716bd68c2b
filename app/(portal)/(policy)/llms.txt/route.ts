import { heading, link, list, markdownResponse, paragraph, quotation } from "#app/_portal/markdown.ts";
import { STATE_WORDS, STATUS_WORDS } from "#app/_portal/status-words.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { writeMarkdown } from "#server/base/content/text-markdown.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getBrand } from "#server/gather/statement/queries.ts";
import { listPolicies, listVersions } from "#server/policy/policy/queries.ts";

/** What the portal has as text, with addresses, for whoever may read it: the format of llmstxt.org. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor();
  const { appUrl: base } = getEnv();
  const [{ name }, policies] = await Promise.all([getBrand(), listPolicies(actor)]);
  const all = await Promise.all(
    policies.map(async (policy) => ({ ...policy, versions: (await listVersions(actor, policy.slug)) ?? [] })),
  );
  const text = writeMarkdown(
    [
      heading(1, name),
      quotation("What you may send with messaging apps at work, and why", "The pages count; these are their words."),
      paragraph(
        `A policy, one of its versions, one of its clauses and the matrix are also there as Markdown: add .md to the address of the page, such as ${base}/policies/{policy}/clauses/{number}.md, or ask for it with the header Accept: text/markdown. Every clause has the anchor clause-{number}, as on the page. What you may read is what the pages show you.`,
      ),
      heading(2, "Policies"),
      list(
        all.map(({ slug, title, bodyName, version, status, firstPoint }) => [
          link(`${base}/policies/${slug}.md`, title),
          `: ${bodyName}, version ${version}, ${STATUS_WORDS[status].toLowerCase()}. ${firstPoint}`,
        ]),
      ),
      heading(2, "Matrices"),
      list(
        all
          .filter(({ status }) => status !== "withdrawn")
          .map(({ slug, title, bodyName }) => [
            link(`${base}/matrix.md?policy=${slug}`, `Matrix: ${title}`),
            `: ${bodyName}, every verdict by two questions`,
          ]),
      ),
      heading(2, "Optional"),
      list(
        all.flatMap(({ slug, title, versions }) =>
          versions.map(({ version, state, isPublished }) => [
            link(`${base}/policies/${slug}/versions/${version.version}.md`, `${title}, version ${version.version}`),
            `: ${isPublished ? STATE_WORDS[state].toLowerCase() : "not published yet"}`,
          ]),
        ),
      ),
    ],
    { page: base },
  );
  return markdownResponse(request, text);
}
