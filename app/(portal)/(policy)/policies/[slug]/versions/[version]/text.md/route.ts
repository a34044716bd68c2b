import { policyMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";

/** One version of a policy as Markdown: what `/policies/[slug]/versions/[version].md` answers. */
export const GET = fileRoute<{ slug: string; version: string }>(async ({ request, actor, params }) => {
  const { slug, version } = params;
  const policy = await getPolicyVersion(actor, slug, version);
  const path = `/policies/${slug}/versions/${version}`;
  return markdownResponse(request, policy && (await policyMarkdown(actor, policy, path)));
});
