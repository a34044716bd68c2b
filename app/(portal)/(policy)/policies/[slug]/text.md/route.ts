import { policyMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";

/** A policy as it is today, as Markdown: what `/policies/[slug].md` answers. */
export const GET = fileRoute<{ slug: string }>(async ({ request, actor, params: { slug } }) => {
  const policy = await getPolicyToRead(actor, slug);
  return markdownResponse(request, policy && (await policyMarkdown(actor, policy, `/policies/${slug}`)));
});
