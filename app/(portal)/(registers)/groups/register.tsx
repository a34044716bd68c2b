import { GroupStateTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { disappearingInWords, GROUP_KINDS, retentionInWords } from "#domain/registers/group/group.ts";
import { GROUP_STATES } from "#domain/registers/group/state.ts";
import { getGroupRegister, type GroupLine } from "#server/registers/group/list-queries.ts";

/** All groups of the body, for officers and auditors. */
export const groups = defineRegister<GroupLine>({
  path: "/groups",
  file: "/groups/register.csv",
  caption: "The register of groups",
  one: "group",
  many: "groups",
  search: "Name, purpose or reference",
  filters: {
    state: { label: "State", choices: GROUP_STATES },
    kind: {
      label: "Kind",
      choices: Object.fromEntries(Object.entries(GROUP_KINDS).map(([kind, { label }]) => [kind, label])),
    },
    look: { label: "Needs attention", choices: { overdue: "Review overdue", short: "Fewer than two administrators" } },
  },
  orders: { name: "By name", review: "By next review", newest: "Newest first" },
  columns: {
    Reference: column.saved(({ reference }) => reference),
    Group: column.shown(
      (line) => <GroupName line={line} />,
      ({ name }) => name,
    ),
    Purpose: column.saved(({ purpose }) => purpose),
    Kind: column.saved(({ kind }) => GROUP_KINDS[kind].label),
    App: column.saved(({ app }) => app),
    State: column.shown(
      ({ state }) => <GroupStateTag state={state} />,
      ({ state }) => GROUP_STATES[state],
    ),
    Administrators: column.shown(
      ({ administrators }) => administrators.join(", ") || "Nobody",
      ({ administrators }) => administrators.join("; "),
    ),
    Deputy: column.saved(({ deputy }) => deputy),
    "In the chat": column.number(({ memberCount }) => memberCount),
    Logo: column.saved(({ hasLogo }) => (hasLogo === null ? null : hasLogo ? "yes" : "no")),
    "Disappearing messages": column.saved(({ disappearDays }) => disappearingInWords(disappearDays)),
    Messages: column.words(retentionInWords),
    "Next review": column.shown(
      (line) => <NextReview line={line} />,
      ({ reviewOn }) => reviewOn,
    ),
    "Asked for": column.savedMoment(({ requestedAt }) => requestedAt),
    Decided: column.savedMoment(({ decidedAt }) => decidedAt),
    Closed: column.savedMoment(({ closedAt }) => closedAt),
  },
  empty: "No groups are registered yet.",
  read: getGroupRegister,
});

/** Its name, kind and reference. */
export function GroupName({ line: { reference, name, kind } }: { line: GroupLine }) {
  return (
    <>
      <Link href={`/groups/${reference}`}>
        <bdi>{name}</bdi>
      </Link>
      <span className="block text-small font-normal text-soft">
        {GROUP_KINDS[kind].label}, <span className="whitespace-nowrap">{reference}</span>
      </span>
    </>
  );
}

export function NextReview({ line: { state, isReviewOverdue, reviewOn } }: { line: GroupLine }) {
  if (state !== "approved") return "–";
  if (isReviewOverdue) return <Tag tone="warning">Overdue since {dateInWords(reviewOn)}</Tag>;
  return dateInWords(reviewOn);
}
