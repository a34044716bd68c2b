import type { Metadata } from "next";
import { readOnce } from "#app/_portal/read-once.ts";
import { notFound } from "next/navigation";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyOnDay } from "#server/policy/policy/day-queries.ts";
import { listVersions } from "#server/policy/policy/queries.ts";
import { PolicyView } from "#app/(portal)/(policy)/policies/[slug]/policy-view.tsx";
import { AskDay } from "../ask-day.tsx";
import { readDayPart } from "../read-day.ts";
import { DayBanner } from "./day-banner.tsx";
import { NoVersionInForcePage } from "./no-version-in-force-page.tsx";

type Props = { params: Promise<{ slug: string; date: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  switch (page.kind) {
    case "absent":
      return { title: "Page not found" };
    case "wrong":
      return { title: `Error: What applied on a day, ${page.title}` };
    case "none":
      return { title: `${page.title} on ${dateInWords(page.day)}` };
    case "held": {
      const { frontMatter, version } = page.held.policy.version;
      return { title: `${frontMatter.title} on ${dateInWords(page.day)}, version ${version}` };
    }
  }
}

/** A policy as it was on a day. */
export default async function PolicyOnDayPage(props: Props) {
  const page = await readPage(props);
  switch (page.kind) {
    case "absent":
      return notFound();
    case "wrong":
      return <AskDay {...page} wrong={page.wrong} />;
    case "none":
      return <NoVersionInForcePage {...page} />;
    case "held": {
      const { actor, held, day } = page;
      const banner = <DayBanner actor={actor} held={held} day={day} />;
      return <PolicyView actor={actor} policy={held.policy} own={null} banner={banner} />;
    }
  }
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  const { slug, date } = await params;
  const asked = readDayPart(date);
  if (asked.kind === "wrong") {
    const [newest] = (await listVersions(actor, slug)) ?? [];
    if (!newest) return { kind: "absent" as const };
    return { kind: "wrong" as const, actor, slug, title: newest.version.frontMatter.title, wrong: asked };
  }
  const { day } = asked;
  const held = await getPolicyOnDay(actor, slug, day);
  if (!held) return { kind: "absent" as const };
  if (held.kind === "none") return { ...held, actor, slug, day };
  return { kind: "held" as const, actor, held, day };
});
