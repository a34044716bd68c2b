import { clauseMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { markdownResponse } from "#app/_portal/markdown.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";

type Context = { params: Promise<{ slug: string; clause: string }> };

/** One clause of a policy as it is today, as Markdown: what `/policies/[slug]/clauses/[clause].md` answers. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const { slug, clause } = await params;
  const policy = await getPolicyToRead(actor, slug);
  return markdownResponse(request, policy && (await clauseMarkdown(actor, policy, clause)));
}
