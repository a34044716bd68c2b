import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Button, Disclosure } from "#app/_ui/layout.tsx";
import { FileField } from "#app/_ui/fields.tsx";
import { SummaryList } from "#app/_ui/content.tsx";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { can, ROLES } from "#domain/access/permission/permission.ts";
import { getBodyName } from "#server/policy/policy/queries.ts";

const COLUMNS = [
  { term: "E-mail", value: "Needed. Says who the line is about: a different address is a different person." },
  { term: "Name", value: "Needed: in one column, or as “First name” and “Surname”." },
  { term: "Employer", value: "Needed where a body has several." },
  { term: "Team", value: "By its name. A name that is new makes a team." },
  { term: "Line manager", value: "Their e-mail address. They need a line of their own, and get the role." },
  { term: "Roles", value: `Put semicolons between them: ${ROLES.join(", ")}.` },
  { term: "Kind", value: `One of: ${PERSON_KINDS.join(", ")}.` },
  { term: "Start, leaving date, away until", value: "Write 31/03/2027 or 2027-03-31. A leaving date is the last day." },
];

/** An administrator chooses a file; nothing is written until it has been checked and confirmed. */
const page = definePage({
  path: "/admin/people/import",
  read: ({ actor }) => (can(actor, "person.manage", actor) ? getBodyName(actor) : null),
  heading: "Import a list of people",
  back: { href: "/admin/people", label: "People" },
  intro: ({ view: bodyName }) => (
    <>
      <p>
        Choose a CSV file that lists everybody who works for {bodyName}. We check it first and show you what it would
        change. Nothing changes before you confirm it.
      </p>
      <p className="font-bold">
        Anyone who works here but is not in the list counts as having left, and is signed out at once.
      </p>
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ formState }) => (
  <>
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
        nothing changes there for anybody. If you leave a cell empty, that person has none. Invented people stay as they
        are.
      </p>
    </Disclosure>
  </>
));
export { generateMetadata, Page as default };
