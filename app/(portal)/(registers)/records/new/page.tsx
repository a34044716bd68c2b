import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { recordProblems, textOf } from "#domain/registers/record/record.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicy, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { getSetting, type Setting } from "#server/registers/record/queries.ts";
import { readRecord, RECORD_FIELDS } from "../read-record.ts";
import { recordRows } from "../record-rows.tsx";
import { RecordFields } from "../record-fields.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Capture a record";
const CHECK = "Check the record before you save it";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { refill, isToCheck } = await readPage(props);
  return { title: isToCheck ? CHECK : `${refill.titlePrefix}${HEADING}` };
}

/** A message of business value, noted so that it is found again: the form, then what was typed to check, then saved. */
export default async function NewRecordPage(props: Props) {
  const { actor, refill, setting, origin, situation, isToCheck, kept } = await readPage(props);
  const hidden = { startKey: refill.value("startKey", randomUUID()), situation };
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          {isToCheck ? (
            <BackLink href={changeAddress(kept)}>Back to the form</BackLink>
          ) : (
            <BackLink href={situation ? `/check?${situation}` : "/records"}>
              {situation ? "Back to the result" : "Captured records"}
            </BackLink>
          )}
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{isToCheck ? CHECK : HEADING}</PageHeading>
        </Stack>
        {isToCheck ? (
          <ToCheck setting={setting} refill={refill} kept={kept} />
        ) : (
          <p>
            A chat is not the record. Copy what matters into an approved system first, then note here where it is. That
            is how it is found when somebody asks for it.
          </p>
        )}
        {origin && <Origin {...origin} />}
        <PostForm
          actor={actor}
          action="/records/new/send"
          hidden={isToCheck ? { ...hidden, ...typed(refill) } : hidden}
        >
          {isToCheck ? (
            <>
              <input type="hidden" name="do" value="save" />
              <Button>Save the record</Button>
            </>
          ) : (
            <>
              <RecordFields setting={setting} refill={refill} />
              <Button>Continue</Button>
            </>
          )}
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

function ToCheck({ setting, refill, kept }: { setting: Setting; refill: Refill; kept: string }) {
  const draft = readRecord(typedForm(refill));
  const group = setting.groups.find(({ reference }) => reference === draft.group) ?? null;
  const text = textOf(draft, setting.rules.schedule);
  const fieldOf = (field: string) => {
    if (field === "chat" && group) return "group";
    return field === "retentionClass" && setting.rules.schedule.length === 0
      ? "className"
      : field === "keepUntil" && setting.rules.schedule.length > 0
        ? "retentionClass"
        : field;
  };
  return <SummaryList rows={recordRows({ ...text, group }, (field) => `${changeAddress(kept)}#${fieldOf(field)}`)} />;
}

function Origin({ policy, answers }: { policy: ReadablePolicy; answers: [string, string][] }) {
  const { version } = policy;
  return (
    <Disclosure summary={`What you checked is kept with it: ${version.frontMatter.title}, version ${version.version}`}>
      <SummaryList
        rows={answers.map(([fact, answer]) => {
          const question = questionFor(version, fact);
          return { term: question.short, value: answerWords(question, answer).label };
        })}
      />
    </Disclosure>
  );
}

function changeAddress(kept: string): string {
  return `/records/new?kept=${kept}&change=1`;
}

function typedForm(refill: Refill): FormValues {
  return new FormValues(Object.fromEntries(RECORD_FIELDS.map((name) => [name, [refill.value(name)]])));
}

function typed(refill: Refill): Record<string, string> {
  return Object.fromEntries(RECORD_FIELDS.map((name) => [name, refill.value(name)]));
}

async function readPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const refill = await refillFor(actor, query.kept, "/records/new");
  const setting = await getSetting(actor);
  if (!setting) notFound();
  const origin = await readOrigin();
  const isClean = refill.isRefilled && recordProblems(readRecord(typedForm(refill)), setting.rules).length === 0;
  const isToCheck = isClean && refill.problems.length === 0 && query.change === undefined;
  const situation = origin ? writeQuery(origin.policy.version.slug, Object.fromEntries(origin.answers)) : "";
  return { actor, refill, setting, origin, situation, isToCheck, kept: [query.kept ?? ""].flat().at(-1) ?? "" };

  /** The result that it comes from: from the address at first, then from the form. */
  async function readOrigin(): Promise<{ policy: ReadablePolicy; answers: [string, string][] } | null> {
    const sent = new URLSearchParams(refill.value("situation"));
    const read = (name: string) =>
      refill.isRefilled ? (sent.get(name) ?? undefined) : [query[name] ?? []].flat().at(-1);
    const slug = read("policy");
    const policy = slug === undefined ? null : await getPolicy(actor, slug);
    const answers = (policy?.version.table.facts ?? []).flatMap(({ name, answers: possible }): [string, string][] => {
      const answer = read(name);
      return answer !== undefined && possible.includes(answer) ? [[name, answer]] : [];
    });
    return policy ? { policy, answers } : null;
  }
}
