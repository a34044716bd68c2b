import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readFormState } from "#app/_portal/form-state.ts";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FileField } from "#app/_ui/file-field.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { ROLES } from "#domain/access/permission/role.ts";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { can } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getBodyName } from "#server/policy/policy/queries.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const TITLE = "Import a list of people";

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await readPage(props)).formState.titlePrefix}${TITLE}` };
}

const COLUMNS = [
  { term: "E-mail", value: "Needed. Says who the line is about: a different address is a different person." },
  { term: "Name", value: "Needed." },
  { term: "Employer", value: "Needed where a body has several." },
  { term: "Team", value: "By its name. A name that is new makes a team." },
  { term: "Line manager", value: "Their e-mail address. They need a line of their own, and get the role." },
  { term: "Roles", value: `Put semicolons between them: ${ROLES.join(", ")}.` },
  { term: "Kind", value: `One of: ${PERSON_KINDS.join(", ")}.` },
  { term: "Start, leaving date, away until", value: "Write 31/03/2027 or 2027-03-31. A leaving date is the last day." },
];

/** An administrator chooses a file; nothing is written until it has been checked and confirmed. */
export default async function ImportPage(props: Props) {
  const { actor, formState } = await readPage(props);
  if (!can(actor, "person.manage", actor)) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <ErrorSummary errors={[...formState.problems]} />
          <PageHeading>{TITLE}</PageHeading>
          <p>
            Choose a CSV file that lists everybody who works for {await getBodyName(actor)}. We check it first and show
            you what it would change. Nothing changes before you confirm it.
          </p>
          <p className="font-bold">
            Anyone who works here but is not in the list counts as having left, and is signed out at once.
          </p>
        </Stack>
        <form
          method="post"
          action="/admin/people/import/send"
          encType="multipart/form-data"
          noValidate
          className="space-y-7"
        >
          <FileField
            name="file"
            label="The list"
            hint="A CSV file of up to 40 megabytes, with the names of the columns in its first line."
            accept=".csv,.txt,text/csv"
            error={formState.errorOf("file")}
          />
          <Button>Check the list</Button>
        </form>
        <Disclosure summary="Which columns there are">
          <SummaryList rows={COLUMNS} />
          <p>
            Capital letters, spaces and hyphens in the names of columns make no difference. If you leave a column out,
            nothing changes there for anybody. If you leave a cell empty, that person has none. Invented people stay as
            they are.
          </p>
        </Disclosure>
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ searchParams }: Props) => {
  const actor = await requireActor();
  return { actor, formState: await readFormState(actor, (await searchParams).kept, "/admin/people/import") };
});
