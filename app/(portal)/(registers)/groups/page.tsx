import type { Metadata } from "next";
import { GroupStateTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { countInWords, readPageCursor } from "#domain/base/list/page.ts";
import { GROUP_KINDS, retentionInWords } from "#domain/registers/group/group.ts";
import { GROUP_STATES } from "#domain/registers/group/state.ts";
import {
  getGroupRegister,
  listOwnGroups,
  type GroupLine,
  type GroupRegisterFilter,
} from "#server/registers/group/list-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export const metadata: Metadata = { title: "Chat groups" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const LOOKS = { overdue: "Review overdue", short: "Fewer than two administrators" };

/** The reader's own groups; for officers and auditors the whole register, too. */
export default async function GroupsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const filter: GroupRegisterFilter = Object.fromEntries(
    ["state", "kind", "look", "q"].map((name) => [name, [query[name] ?? ""].flat().at(-1)?.slice(0, 200)]),
  );
  const [own, register] = await Promise.all([
    listOwnGroups(actor),
    getGroupRegister(actor, filter, readPageCursor(query)),
  ]);
  const given = new URLSearchParams(
    Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Chat groups</PageHeading>
          <p>
            A group counts as approved once a governance officer has approved it here. The register holds no phone
            numbers.
          </p>
          <ButtonLink href="/groups/new">Register a group</ButtonLink>
        </Stack>
        <Stack as="section">
          <h2>Your groups</h2>
          <Groups
            caption="Your groups"
            lines={own}
            isOwn
            empty="You are not in any group on the register. Register one, or ask its administrator to add you."
          />
        </Stack>
        {register && (
          <Stack as="section">
            <h2 id="register">The whole register</h2>
            <FilterForm action="/groups" clearHref={given.size > 0 ? "/groups" : undefined}>
              <Choice name="state" label="State" chosen={filter.state} options={Object.entries(GROUP_STATES)} />
              <Choice
                name="kind"
                label="Kind"
                chosen={filter.kind}
                options={Object.entries(GROUP_KINDS).map(([value, { label }]) => [value, label])}
              />
              <Choice name="look" label="Needs attention" chosen={filter.look} options={Object.entries(LOOKS)} />
              <TextField name="q" label="Name, purpose or reference" type="search" defaultValue={filter.q} />
            </FilterForm>
            <p role="status">{countInWords(register, "group", "groups")}</p>
            <Groups
              caption="The register"
              lines={register.rows}
              isOwn={false}
              empty={given.size > 0 ? "No groups match. Clear the filters." : "No groups are registered yet."}
            />
            <PageLinks label="Pages of the register" page={register} path="/groups" filters={given} words={BY_NAME} />
            <p className="no-print">
              <Link href={`/groups/register.csv${given.size > 0 ? `?${given.toString()}` : ""}`}>
                Save this list as a file (CSV)
              </Link>
            </p>
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}

type ChoiceProps = { name: string; label: string; chosen: string | undefined; options: [string, string][] };

/** A value in the address without an option is still shown, so that it can be removed. */
function Choice({ name, label, chosen = "", options }: ChoiceProps) {
  const isKnown = chosen === "" || options.some(([value]) => value === chosen);
  const all: [string, string][] = [["", "All"], ...options, ...(isKnown ? [] : [[chosen, chosen] as [string, string]])];
  return (
    <SelectField
      name={name}
      label={label}
      options={all.map(([value, words]) => ({ value, label: words }))}
      defaultValue={chosen}
    />
  );
}

type GroupsProps = { caption: string; lines: readonly GroupLine[]; isOwn: boolean; empty: string };

function Groups({ caption, lines, isOwn, empty }: GroupsProps) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={{
        Group: (line) => (
          <>
            <Link href={`/groups/${line.reference}`}>
              <bdi>{line.name}</bdi>
            </Link>
            <span className="block text-small font-normal text-soft">
              {GROUP_KINDS[line.kind].label}, <span className="whitespace-nowrap">{line.reference}</span>
            </span>
          </>
        ),
        State: (line) => <GroupStateTag state={line.state} />,
        [isOwn ? "You are" : "Administrators"]: (line) =>
          isOwn ? (line.own ?? "") : line.administrators.join(", ") || "Nobody",
        "In the chat": { numeric: true, cell: (line) => line.memberCount },
        Messages: (line) => retentionInWords(line),
        "Next review": (line) =>
          line.state !== "approved" ? (
            "–"
          ) : line.isReviewOverdue ? (
            <Tag tone="warning">Overdue since {dateInWords(line.reviewOn)}</Tag>
          ) : (
            dateInWords(line.reviewOn)
          ),
      }}
      rows={lines}
      empty={empty}
    />
  );
}
