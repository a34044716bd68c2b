import { clauseMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";

/** One clause of a policy as it is today, as Markdown: what `/policies/[slug]/clauses/[clause].md` answers. */
export const GET = fileRoute<{ slug: string; clause: string }>(async ({ request, actor, params }) => {
  const policy = await getPolicyToRead(actor, params.slug);
  return markdownResponse(request, policy && (await clauseMarkdown(actor, policy, params.clause)));
});
