import type { FormState } from "#app/_portal/form-state.ts";
import { DateField } from "#app/_ui/date-field.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { leastDaysKept, type GroupRules } from "#domain/registers/group/group-rules.ts";
import { Link } from "#app/_ui/link.tsx";
import { ASSISTANT, DISAPPEARING, LONGEST_PURPOSE, TIMER_BY, type GroupEntry } from "#domain/registers/group/group.ts";
import type { Body } from "#domain/policy/policy/body.ts";

type Stored = Partial<Omit<GroupEntry, "kind">>;
type Props = {
  formState: FormState;
  /** The current register entry, as initial values. */
  stored?: Stored | undefined;
  settings: Body["groups"];
};

/** What a group is for: its name, its purpose, the app, the logo. @param apps those that the register has as approved */
export function AboutFields({ formState, stored = {}, settings, apps }: Props & { apps: readonly string[] }) {
  const logo = stored.hasLogo === undefined || stored.hasLogo === null ? "" : stored.hasLogo ? "yes" : "no";
  const app = formState.value("app", stored.app ?? (apps.length === 1 ? apps[0] : ""));
  const offered = [...new Set([...apps, ...(stored.app ? [stored.app] : [])])];
  return (
    <>
      <TextField
        name="name"
        label="Name of the group"
        hint="As the app shows it."
        defaultValue={formState.value("name", stored.name)}
        error={formState.errorOf("name")}
        width="half"
      />
      <TextField
        name="purpose"
        label="What is it for?"
        hint={`The work purpose, in a sentence or two. No phone numbers. Up to ${LONGEST_PURPOSE} characters.`}
        lines={3}
        defaultValue={formState.value("purpose", stored.purpose)}
        error={formState.errorOf("purpose")}
      />
      <RadioQuestion
        name="app"
        heading={false}
        question="Which app?"
        help={
          <p>
            These are approved. <Link href="/apps">The register of apps</Link> says for what, and on what conditions.
          </p>
        }
        error={formState.errorOf("app")}
        options={offered.map((value) => ({ value, label: value, checked: value === app }))}
      />
      <RadioQuestion
        name="logo"
        heading={false}
        question="Does the group carry your employer's logo?"
        help={
          settings.needsLogo ? (
            <p>The policy requires it on every group: set it as the group’s picture first.</p>
          ) : undefined
        }
        error={formState.errorOf("logo")}
        options={[
          { value: "yes", label: "Yes", checked: formState.value("logo", logo) === "yes" },
          { value: "no", label: "No", checked: formState.value("logo", logo) === "no" },
        ]}
      />
    </>
  );
}

/** Of a group of several bodies: which of them is responsible, under which agreement. */
export function SharingFields({ formState, stored = {} }: Omit<Props, "settings">) {
  return (
    <>
      <TextField
        name="responsible"
        label="Which body is responsible for the group?"
        hint="It answers for what is in it, to people who ask and to the regulator."
        defaultValue={formState.value("responsible", stored.responsible ?? "")}
        error={formState.errorOf("responsible")}
        width="half"
      />
      <TextField
        name="agreement"
        label="Under which agreement do the bodies share information in it?"
        hint="Its name or number. If there is none, write that: whoever decides sees it."
        defaultValue={formState.value("agreement", stored.agreement ?? "")}
        error={formState.errorOf("agreement")}
        width="half"
      />
    </>
  );
}

type SettingsProps = Omit<Props, "settings"> & { rules: GroupRules };

/** The settings of the chat that matter to its record. */
export function GroupSettingsFields({ formState, stored, rules }: SettingsProps) {
  const least = leastDaysKept(rules);
  const disappear = formState.value("disappear", stored ? String(stored.disappearDays ?? 0) : "");
  const radio = (
    name: string,
    question: string,
    words: Readonly<Record<string, string>>,
    value: string,
    help: string,
  ) => (
    <RadioQuestion
      name={name}
      heading={false}
      question={question}
      help={<p>{help}</p>}
      error={formState.errorOf(name)}
      options={Object.entries(words).map(([key, label]) => ({
        value: key,
        label,
        checked: key === formState.value(name, value),
      }))}
    />
  );
  const canExport = typeof stored?.canExport === "boolean" ? (stored.canExport ? "yes" : "no") : "";
  return (
    <>
      {radio(
        "disappear",
        "Do messages disappear by themselves?",
        DISAPPEARING,
        disappear,
        `This does not guarantee anything: others can keep, copy or photograph a message first. It must be off under a hold.${
          least === null
            ? ""
            : ` The policy gives people time to copy what has value: never sooner than after ${least} days.`
        }`,
      )}
      {radio(
        "timerBy",
        "Who can change that?",
        TIMER_BY,
        stored?.timerBy ?? "",
        "Set it to administrators if the app lets you.",
      )}
      {radio(
        "canExport",
        "Can messages be exported from the chat?",
        { yes: "Yes", no: "No: advanced chat privacy is on" },
        canExport,
        "Advanced chat privacy keeps assistants out, but also stops exports. Switch it off before a request or a hold needs the messages.",
      )}
      {radio(
        "assistant",
        "Is the app’s assistant kept out?",
        ASSISTANT,
        stored?.assistant ?? "",
        "What is asked of an assistant, or summarised by it, goes to its operator.",
      )}
    </>
  );
}

type MessageProps = Props & {
  rules: GroupRules;
  isEmergency: boolean;
  /** For a new entry: the review date by the policy's schedule, YYYY-MM-DD. */
  firstReview?: string;
};

/** What happens to its messages, and when it is reviewed. */
export function MessageFields({ formState, stored, settings, rules, isEmergency, firstReview = "" }: MessageProps) {
  const days = stored?.clearEveryDays ?? (stored || isEmergency ? null : settings.clearEveryDays);
  const years = stored?.keepYears ?? null;
  const rule = formState.value("retention", days !== null ? "days" : years !== null ? "years" : stored ? "none" : "");
  const [year = "", month = "", day = ""] = (stored?.reviewOn ?? firstReview)
    .split("-")
    .map((part) => part.replace(/^0/, ""));
  return (
    <>
      <RadioQuestion
        name="retention"
        heading={false}
        question="How long are messages kept?"
        help={
          <>
            {settings.retentionNote && <p>{settings.retentionNote}</p>}
            {isEmergency && <p>An emergency group can only be approved with a number of years.</p>}
          </>
        }
        error={formState.errorOf("retention")}
        options={[
          { value: "days", label: "Deleted after a set number of days", checked: rule === "days" },
          { value: "years", label: "Kept for a set number of years, then deleted", checked: rule === "years" },
          { value: "none", label: "No deletion rule", checked: rule === "none" },
        ]}
      />
      <TextField
        name="retentionCount"
        label="How many days, or years?"
        hint="A whole number. Leave it empty if there is no rule."
        inputMode="numeric"
        width="short"
        defaultValue={formState.value("retentionCount", String(days ?? years ?? ""))}
        error={formState.errorOf("retentionCount")}
      />
      <GroupSettingsFields formState={formState} stored={stored} rules={rules} />
      <DateField
        name="reviewOn"
        legend="When will the group next be reviewed?"
        hint={`Every ${settings.reviewEveryMonths} months unless you have a reason. At most two years from now.`}
        error={formState.errorOf("reviewOn")}
        values={{
          day: formState.value("reviewOn-day", day),
          month: formState.value("reviewOn-month", month),
          year: formState.value("reviewOn-year", year),
        }}
      />
    </>
  );
}

/** Warns that disappearing messages are no safeguard, if they are on. */
export function DisappearingWarning({ days }: { days: number | null }) {
  if (days === null) return null;
  return (
    <Banner tone="warning" title="Messages in this group disappear by themselves">
      <p>
        This does not guarantee anything: somebody can keep a copy. Copy what matters into the record first. Switch it
        off under a hold.
      </p>
    </Banner>
  );
}
