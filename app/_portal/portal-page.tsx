import { cache, type ReactNode } from "react";
import type { SiteNotice } from "#app/_ui/site-frame.tsx";
import { type Actor, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { type ListPage, type PageCursor, writePageCursor } from "#domain/base/list/page.ts";
import { getSharedSeconds } from "#server/access/identity/session.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getRequestContext } from "#server/base/request/context.ts";
import { countTasks } from "#server/gather/task/queries.ts";
import { getBodyName, getCheckWords } from "#server/policy/policy/queries.ts";
import { type ActivityInShort, getCurrentActivity } from "#server/registers/continuity/queries.ts";
import { Button, Link, LinkLine, Pager, Stack } from "../_ui/layout.tsx";
import { BrandedFrame } from "./branded-frame.tsx";
import { drawOnce } from "./draw-once.tsx";
import { FooterLinks } from "./footer-links.tsx";
import { MORE_PLACES, type Place, placeAt, PLACES } from "./place.ts";

type PortalPageProps = {
  actor: Actor;
  /** Which of the main places the page belongs to; by default the one that its address is below. */
  section?: Place | undefined;
  /** The space between its parts; without it they stand as they are. */
  gap?: "normal" | "loose" | "section" | undefined;
  children: ReactNode;
};

/** The frame of every page behind the sign-in: where the reader is, who they are, how to sign out. */
export async function PortalPage({ actor, section, gap, children }: PortalPageProps) {
  const [check, bodyName, openTasks, activity, sharedSeconds] = await Promise.all([
    getCheckWords(actor),
    getBodyName(actor),
    countTasks(actor),
    getCurrentActivity(actor),
    getSharedSeconds(),
  ]);
  const current = section ?? placeAt(getRequestContext()?.address ?? "");
  const roles = actor.roles.map((role) => ROLE_NAMES[role]).join(", ");
  return drawOnce(
    <BrandedFrame
      notices={[
        ...(sharedSeconds === null ? [] : [sharedNotice(sharedSeconds)]),
        ...(activity ? [continuityNotice(activity)] : []),
        ...evaluationNotices(),
      ]}
      nav={PLACES.map((item) => ({
        href: item.href,
        ...("label" in item ? item : { label: check, short: check.split(" ", 1)[0] }),
        current: item.place === current,
        badge: item.place === "tasks" && openTasks !== "0" ? openTasks : undefined,
      }))}
      moreNav={MORE_PLACES.map(({ place, ...item }) => ({ ...item, current: place === current }))}
      account={{ name: actor.name, detail: roles, href: "/me" }}
      accountActions={
        <form method="post" action="/sign-out">
          <Button look="link">Sign out</Button>
        </form>
      }
      search={
        <>
          {current !== "search" && <SearchBox />}
          <Link href="/more" className="hidden min-h-target items-center upright:inline-flex">
            All pages
          </Link>
        </>
      }
      footer={
        <>
          <LinkLine href="/incidents/new" className="inline-flex min-h-target items-center font-bold">
            I shared something by mistake
          </LinkLine>
          <p>
            {bodyName} · <FooterLinks />
          </p>
        </>
      }
    >
      {gap ? <Stack gap={gap}>{children}</Stack> : children}
    </BrandedFrame>,
  );
}

/** The search on every page but its own, where there is room for a field; the navigation has the way there for all. */
const SearchBox = () => (
  <form action="/search" method="get" role="search" className="hidden items-center lg:flex">
    <label htmlFor="search-policies" className="sr-only">
      Search the policies
    </label>
    <input
      id="search-policies"
      name="q"
      type="search"
      dir="auto"
      placeholder="Search the policies"
      autoComplete="off"
      className="h-10 w-52 rounded-s-card border-2 border-e-0 border-edge bg-raised px-3"
    />
    <button
      type="submit"
      className="inline-flex h-10 cursor-pointer items-center rounded-e-card border-2 border-edge bg-sunk px-3 font-bold hover:bg-accent-tint"
    >
      Search
    </button>
  </form>
);

/** During a business continuity activity, every page of its body says so. */
const continuityNotice = ({ reference, title, startedAt }: ActivityInShort): SiteNotice => ({
  tone: "warning",
  text: (
    <>
      Business continuity since <Moment at={startedAt} />:{" "}
      <Link href={`/continuity/${reference}`}>
        <bdi>{title}</bdi>
      </Link>
    </>
  ),
});

/** At a shared device: the page gives way to the signed-out page without a script, and says so before. */
function sharedNotice(seconds: number): SiteNotice {
  const isUsual = seconds > 110;
  return {
    tone: "info",
    text: (
      <>
        <meta httpEquiv="refresh" content={`${seconds}; url=/sign-out/done`} />
        {isUsual
          ? "Shared device: you are signed out after two minutes without use"
          : `Shared device: you are signed out in ${seconds} ${seconds === 1 ? "second" : "seconds"}`}
      </>
    ),
  };
}

/** In evaluation mode every page says so. */
export const evaluationNotices = (): SiteNotice[] =>
  !getEnv().evaluation ? [] : [{ tone: "warning", text: "Evaluation: everyone here is invented. Enter nothing real." }];

/** A moment in words, London time, with the exact time for programs. */
export const Moment = ({ at }: { at: Date }) => <time dateTime={at.toISOString()}>{momentInWords(at)}</time>;

/** The part of what Next passes to a page that holds its address. */
type Address = { params?: Promise<object>; searchParams?: Promise<object> };

/** Lets a page's title and its content share one read: once for each address and request. */
export function readOnce<Props extends Address, View>(read: (props: Props) => Promise<View>) {
  const readings = cache((): Map<string, Promise<View>> => new Map());
  return async (props: Props): Promise<View> => {
    const key = JSON.stringify([await props.params, await props.searchParams]);
    const known = readings();
    const reading = known.get(key) ?? read(props);
    known.set(key, reading);
    return reading;
  };
}

/** The names of the two links in a list sorted by name. */
export const BY_NAME = { newer: "Earlier names", older: "Later names" };

type Props = {
  /** What the pages are of: "Pages of the register". */
  label: string;
  page: ListPage<unknown>;
  /** The address without the place in the list. */
  path: string;
  /** The filters, as written in the address. */
  filters?: Iterable<readonly [name: string, value: string]>;
  /** Prefix of the parameters, if a page shows several lists. */
  list?: string | undefined;
  words?: { newer: string; older: string } | undefined;
};

/** Links to the previous and next page of a long list. */
export function PageLinks({ label, page, path, filters = [], list, words }: Props) {
  const address = (cursor: PageCursor) => {
    if (cursor === null) return undefined;
    const query = new URLSearchParams(
      [...filters, ...writePageCursor(cursor, list)].map(([name, value]) => [name, value]),
    );
    return `${path}?${query.toString()}${list === undefined ? "" : `#${list}`}`;
  };
  return <Pager label={label} newer={address(page.before)} older={address(page.after)} words={words} />;
}
