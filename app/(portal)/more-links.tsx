import { Link } from "#app/_ui/link.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can, type Action } from "#domain/access/permission/permission.ts";

interface PortalLink {
  href: string;
  label: string;
}

const GROUPS: readonly { title: string; places: readonly PortalLink[] }[] = [
  {
    title: "Look it up",
    places: [
      { href: "/matrix", label: "See it in one table" },
      { href: "/policies", label: "All policies" },
      { href: "/policies/compare", label: "Compare policies" },
    ],
  },
  {
    title: "Exceptions",
    places: [
      { href: "/exceptions/new", label: "Ask for an exception" },
      { href: "/exceptions", label: "Your exceptions" },
    ],
  },
  {
    title: "Chat groups",
    places: [
      { href: "/groups", label: "Your chat groups" },
      { href: "/groups/new", label: "Register a group" },
    ],
  },
  {
    title: "Your records",
    places: [
      { href: "/decisions", label: "Your kept results" },
      { href: "/acknowledgements", label: "Your acknowledgements" },
      { href: "/questions", label: "Your questions" },
      { href: "/records", label: "Captured records" },
      { href: "/photos", label: "Photo consents" },
      { href: "/incidents", label: "Your reports of accidents" },
      { href: "/holds", label: "Holds: what not to delete" },
      { href: "/me", label: "What is held about you" },
    ],
  },
];

const ROLE_LINKS: readonly (PortalLink & { action: Action })[] = [
  { action: "exception.decide", href: "/exceptions/queue", label: "Decide on exceptions" },
  { action: "deputy.name", href: "/deputies", label: "Deputies" },
  { action: "exception.read-register", href: "/exceptions/register", label: "Register of exceptions" },
  { action: "group.read-register", href: "/groups#register", label: "Register of chat groups" },
  { action: "person.manage", href: "/admin/people", label: "People" },
  { action: "incident.handle", href: "/incidents", label: "Reports of accidents" },
  { action: "team.read", href: "/team", label: "Your team's answers" },
  { action: "governance.read", href: "/governance", label: "Answers by team" },
  { action: "acknowledgement.follow-up", href: "/governance/people", label: "Answers by name" },
  { action: "campaign.manage", href: "/campaigns", label: "Campaigns" },
  { action: "board.read", href: "/board", label: "The board’s report" },
  { action: "continuity.read-history", href: "/continuity", label: "Business continuity" },
  { action: "check-held.read", href: "/checks-held", label: "Checks held" },
  { action: "content.read-faults", href: "/content", label: "Policy files" },
  { action: "api-token.manage", href: "/admin/tokens", label: "Tokens for programs" },
  { action: "schedule.manage", href: "/admin/jobs", label: "Timed work" },
  { action: "mail.manage", href: "/admin/mail", label: "Mail" },
  { action: "evidence.read", href: "/evidence", label: "Evidence" },
  { action: "signing-key.manage", href: "/admin/signing-keys", label: "Signing keys" },
  { action: "retention.read", href: "/governance/retention", label: "How long things are kept" },
  { action: "permission.read", href: "/admin/permissions", label: "Who may do what" },
];

/** Where else to go, in unobtrusive groups; the last one is for the actor's role. */
export function MoreLinks({ actor }: { actor: Actor }) {
  const own = ROLE_LINKS.filter(({ action }) => can(actor, action, actor));
  const groups = own.length > 0 ? [...GROUPS, { title: "Your role here", places: own }] : GROUPS;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,14rem),1fr))] gap-x-8 gap-y-7">
      {groups.map(({ title, places }) => (
        <section key={title} aria-label={title}>
          <h2 className="text-body">{title}</h2>
          <ul className="list-none">
            {places.map(({ href, label }) => (
              <li key={href}>
                <Link href={href} className="inline-flex min-h-target items-center">
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
