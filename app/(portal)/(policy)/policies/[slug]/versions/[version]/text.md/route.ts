import { policyMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";

type Context = { params: Promise<{ slug: string; version: string }> };

/** One version of a policy as Markdown: what `/policies/[slug]/versions/[version].md` answers. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const { slug, version } = await params;
  const policy = await getPolicyVersion(actor, slug, version);
  const path = `/policies/${slug}/versions/${version}`;
  return markdownResponse(request, policy && (await policyMarkdown(actor, policy, path)));
}
