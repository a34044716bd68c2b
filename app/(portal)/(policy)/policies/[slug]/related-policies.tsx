import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";

type Related = FrontMatter["related"][number];

/** The policies that a document refers to; those that can be opened are links. */
export async function RelatedPolicies({ actor, related }: { actor: Actor; related: readonly Related[] }) {
  if (related.length === 0) return <Missing what="related policies" />;
  const hrefs = await Promise.all(related.map(({ href }) => openable(actor, href)));
  return (
    <ul className="list-none">
      {related.map(({ title }, at) => {
        const href = hrefs[at] ?? null;
        return <li key={title}>{href === null ? title : <Link href={href}>{title}</Link>}</li>;
      })}
    </ul>
  );
}

/** The address if it is safe and works: a policy that the reader may read, or an external page over https. */
async function openable(actor: Actor, href: string | null): Promise<string | null> {
  if (href === null) return null;
  const slug = /^\/policies\/([a-z0-9-]+)(?:#[\w.-]+)?$/.exec(href)?.[1];
  if (slug !== undefined) return (await getPolicyToRead(actor, slug)) ? href : null;
  return URL.canParse(href) && new URL(href).protocol === "https:" ? href : null;
}
