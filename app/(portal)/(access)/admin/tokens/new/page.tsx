import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { TOKEN_DAYS, type TokenDays } from "#domain/access/api-token/api-token.ts";
import { TOKEN_SCOPE_WORDS, TOKEN_SCOPES } from "#domain/access/api-token/scope.ts";
import { getToken } from "#server/access/api-token/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { nextTokenPath, tokenPath } from "../token-path.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const DAYS: Readonly<Record<TokenDays, string>> = { 30: "30 days", 90: "90 days", 365: "A year" };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { refill } = await readPage(props);
  return { title: `${refill.titlePrefix}Make a token` };
}

/** Which program a new token is for, what it may do, and for how long. */
export default async function NewTokenPage(props: Props) {
  const { actor, refill, before } = await readPage(props);
  if (!can(actor, "api-token.manage", actor)) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/tokens">Tokens for programs</BackLink>
          <ErrorSummary
            errors={refill.problems.map(({ field, message }) => ({ field: field || undefined, message }))}
          />
          <PageHeading>Make a token</PageHeading>
          {before && (
            <p>
              It is made in place of <Link href={tokenPath(before.reference)}>{before.reference}</Link>
              {before.state === "active" && ", which goes on until you revoke it, so that the program can change over"}.
            </p>
          )}
        </Stack>
        <PostForm
          actor={actor}
          action={`/admin/tokens/new/send${before ? `?follows=${before.reference}` : ""}`}
          hidden={{ startKey: refill.value("startKey", randomUUID()) }}
        >
          <TextField
            name="name"
            label="Which program is it for?"
            hint="So that you and other administrators recognise it: “Intranet home page”, “Entra ID”. Give each program its own token."
            autoComplete="off"
            defaultValue={refill.value("name", before?.name)}
            error={refill.errorOf("name")}
          />
          <CheckboxQuestion
            name="scopes"
            question="What may it do?"
            heading={false}
            help="Choose only what the program needs. A token that changes people may do nothing else."
            options={TOKEN_SCOPES.map((scope) => ({
              value: scope,
              label: TOKEN_SCOPE_WORDS[scope],
              checked: refill.isChosen("scopes", scope, before?.scopes.includes(scope)),
            }))}
            error={refill.errorOf("scopes")}
          />
          <RadioQuestion
            name="days"
            question="How long is it valid?"
            heading={false}
            help="A shorter time is safer. When it is over, make a new one."
            options={TOKEN_DAYS.map((days) => ({
              value: String(days),
              label: DAYS[days],
              checked: refill.isChosen("days", String(days)),
            }))}
            error={refill.errorOf("days")}
          />
          <Button>Make the token</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ searchParams }: Props) {
  const actor = await requireActor();
  const { kept, follows } = await searchParams;
  const before = typeof follows === "string" ? await getToken(actor, follows) : null;
  const path = before ? nextTokenPath(before.reference) : "/admin/tokens/new";
  return { actor, before, refill: await refillFor(actor, kept, path) };
}
