import { policyMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";

/** A policy as it is today, as Markdown: what `/policies/[slug].md` answers. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const actor = await requireActor();
  const { slug } = await params;
  const policy = await getPolicyToRead(actor, slug);
  return markdownResponse(request, policy && (await policyMarkdown(actor, policy, `/policies/${slug}`)));
}
