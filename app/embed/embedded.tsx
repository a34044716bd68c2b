import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { drawOnce } from "#app/_portal/draw-once.tsx";
import { Island } from "#app/_portal/island.tsx";
import { PolicyLine } from "#app/_portal/policy-line.tsx";
import { BUTTON_LOOKS, Stack } from "#app/_ui/layout.tsx";
import { getRequestContext } from "#server/base/request/context.ts";
import { getBrand } from "#server/gather/statement/queries.ts";
import { getEmbeddedPolicy } from "#server/policy/policy/queries.ts";

type Props = { params: Promise<{ body: string; slug: string }> };
type EmbeddedPolicy = NonNullable<Awaited<ReturnType<typeof getEmbeddedPolicy>>>;

interface Embedded {
  heading: string;
  content: ReactNode;
  /** Where the portal goes on from here, and what that is called. */
  on: { href: string; label: string };
}

/**
 * A page that the intranet of a body shows in a frame, for anybody: what is published and nothing else, readable without
 * scripts. Links leave the frame. The page is not there unless the body's file names who may frame it.
 */
export const embeddedPage = (show: (policy: EmbeddedPolicy) => Embedded) => ({
  async generateMetadata({ params }: Props): Promise<Metadata> {
    const { body, slug } = await params;
    const policy = await getEmbeddedPolicy(body, slug);
    return { title: policy ? `${show(policy).heading} ${policy.version.frontMatter.title}` : "Page not found" };
  },
  async Page({ params }: Props) {
    const { body, slug } = await params;
    const policy = await getEmbeddedPolicy(body, slug);
    if (!policy) notFound();
    const context = getRequestContext();
    if (context) context.framedBy = policy.origins;
    const { heading, content, on } = show(policy);
    const { name, styles } = await getBrand();
    return drawOnce(
      <Island name="embed" data={{ origins: policy.origins }}>
        {styles !== null && <link rel="stylesheet" href={styles} />}
        <main id="main" tabIndex={-1} className="px-4 py-3">
          <Stack>
            <h1 className="text-lead font-bold">{heading}</h1>
            <PolicyLine policy={policy} />
            {content}
            <p>
              <a href={on.href} target="_top" className={BUTTON_LOOKS.primary}>
                {`${on.label} in ${name}`}
              </a>
            </p>
          </Stack>
        </main>
      </Island>,
    );
  },
});
