import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { DataTable, SummaryList } from "#app/_ui/content.tsx";
import { LinkLine, PageHeading, PageSection, PillLinks, PrintHint, Stack } from "#app/_ui/layout.tsx";
import {
  RELATION_MEANINGS,
  RELATION_WORDS,
  RELATIONS,
  type Role,
  ROLE_NAMES,
  ROLES,
} from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPermissionTable, type PermissionLine } from "#server/access/permission/queries.ts";
import { inWords } from "./permission-words.ts";

export const metadata = { title: "Who may do what" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The table of permissions in plain words, for administrators and auditors: for all roles, or for one. */
export default async function PermissionsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const table = getPermissionTable(actor);
  if (!table) notFound();
  const asked = [(await searchParams)["role"] ?? ""].flat().at(-1);
  const role = ROLES.find((one) => one === asked);
  return (
    <PortalPage actor={actor} gap="section">
      <Stack gap="loose">
        <PageHeading>Who may do what</PageHeading>
        <p>
          The portal asks this table before it shows or changes anything. Somebody with several roles may do what any of
          them allows. Everybody is an employee. Nobody sees people or records of another body.
        </p>
        <p>If somebody may not see something, the portal tells them that the page does not exist.</p>
        <LinkLine onPaper={false} href="/admin/permissions.csv">
          Save the table as a CSV file
        </LinkLine>
        <PrintHint />
      </Stack>
      <PageSection title="What the words in the table mean">
        <SummaryList
          rows={RELATIONS.map((relation) => ({ term: RELATION_WORDS[relation], value: RELATION_MEANINGS[relation] }))}
        />
      </PageSection>
      <PillLinks
        label="Role"
        items={[
          { href: "/admin/permissions", label: "All roles", current: !role },
          ...ROLES.map((one) => ({
            href: `/admin/permissions?role=${one}` as const,
            label: ROLE_NAMES[one],
            current: one === role,
          })),
        ]}
      />
      {table.map(({ title, lines }) =>
        role ? (
          <OfOneRole key={title} title={title} lines={lines} role={role} />
        ) : (
          <OfAllRoles key={title} title={title} lines={lines} />
        ),
      )}
    </PortalPage>
  );
}

type PartProps = { title: string; lines: readonly PermissionLine[] };

const OfAllRoles = ({ title, lines }: PartProps) => (
  <div className="text-small [&_table]:table-fixed [&_thead_th:first-child]:w-[26%]">
    <DataTable
      caption={title}
      captionHidden={false}
      columns={{
        What: (line) => <What line={line} />,
        ...Object.fromEntries(ROLES.map((role) => [ROLE_NAMES[role], ({ on }: PermissionLine) => inWords(on[role])])),
      }}
      rows={lines}
    />
  </div>
);

/** For phones, and for readers who ask what one role may do. */
function OfOneRole({ title, lines, role }: PartProps & { role: Role }) {
  const own = lines.filter(({ on }) => on[role].length > 0);
  return (
    <DataTable
      caption={title}
      captionHidden={false}
      columns={{ What: (line) => <What line={line} />, "On what": (line) => inWords(line.on[role]) }}
      rows={own}
      empty={`${title}: nothing for this role.`}
    />
  );
}

const What = ({ line: { means, but } }: { line: PermissionLine }) => (
  <>
    {means}
    {but !== null && <span className="block text-small font-normal text-soft">{but}</span>}
  </>
);
