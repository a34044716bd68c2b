import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { LONGEST_QUESTION } from "#domain/policy/question/question.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getClauseToAsk } from "#server/policy/question/queries.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Ask about clause ${page.clause.id}` : "Page not found" };
}

/** A question about one clause of a policy of the reader's own body. */
export default async function AskPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, version, clause, refill } = page;
  const { slug, frontMatter, hash } = version;
  return (
    <PortalPage actor={actor} place="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}/versions/${version.version}#${clauseAnchor(clause.id)}`}>
            {frontMatter.title}, version {version.version}
          </BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>Ask about clause {clause.id}</PageHeading>
        </Stack>
        <Quotation number={clause.id}>{clause.text}</Quotation>
        <PostForm
          actor={actor}
          action={`/policies/${slug}/ask/send`}
          hidden={{
            ...{ clause: clause.id, version: version.version, hash },
            startKey: refill.value("startKey", randomUUID()),
          }}
        >
          <TextField
            name="question"
            label="Your question"
            hint={`The policy owner reads it, with your name. If they publish a note under the clause, your name is not in it. Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`}
            lines={6}
            defaultValue={refill.value("question")}
            error={refill.errorOf("question")}
          />
          <Button>Send my question</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const { slug } = await params;
  const query = await searchParams;
  const refill = await refillFor(actor, query.kept, `/policies/${slug}/ask`);
  const read = (name: string) => refill.value(name, [query[name] ?? ""].flat().at(-1) ?? "");
  const found = await getClauseToAsk(actor, slug, read("clause"), read("version"));
  return found && { actor, refill, ...found };
}
