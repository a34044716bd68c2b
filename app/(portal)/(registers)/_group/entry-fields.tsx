import type { FormState } from "#app/_portal/form-state.ts";
import { choice, date, openChoice, showFields, text, valuesOf, type Field } from "#app/_portal/form/field.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Link } from "#app/_ui/layout.tsx";
import type { FieldProblem, FormValues } from "#domain/base/form/form-values.ts";
import { leastDaysKept, type GroupRules } from "#domain/registers/group/group-rules.ts";
import {
  ASSISTANT,
  DISAPPEARING,
  LONGEST_PURPOSE,
  readRetention,
  TIMER_BY,
  type GroupEntry,
  type GroupSettings,
} from "#domain/registers/group/group.ts";
import type { Body } from "#domain/policy/policy/body.ts";

/** What a group is for: its name, its purpose, the app, the logo. */
export const ABOUT_FIELDS = {
  name: text("Name of the group", { hint: "As the app shows it.", width: "half" }),
  purpose: text("What is it for?", {
    hint: `The work purpose, in a sentence or two. No phone numbers. Up to ${LONGEST_PURPOSE} characters.`,
    lines: 3,
  }),
  app: openChoice(
    "Which app?",
    <p>
      These are approved. <Link href="/apps">The register of apps</Link> says for what, and on what conditions.
    </p>,
  ),
  logo: yesOrNo("Does the group carry your employer's logo?", { yes: "Yes", no: "No" }),
};

/** Of a group of several bodies: which of them is responsible, under which agreement. */
export const SHARING_FIELDS = {
  responsible: text("Which body is responsible for the group?", {
    hint: "It answers for what is in it, to people who ask and to the regulator.",
    width: "half",
  }),
  agreement: text("Under which agreement do the bodies share information in it?", {
    hint: "Its name or number. If there is none, write that: whoever decides sees it.",
    width: "half",
  }),
};

/** The settings of the chat that matter to its record. */
const SETTING_FIELDS = {
  disappear: choice("Do messages disappear by themselves?", DISAPPEARING),
  timerBy: choice("Who can change that?", TIMER_BY, <p>Set it to administrators if the app lets you.</p>),
  canExport: yesOrNo(
    "Can messages be exported from the chat?",
    { yes: "Yes", no: "No: advanced chat privacy is on" },
    "Advanced chat privacy keeps assistants out, but also stops exports. Switch it off before a request or a hold needs the messages.",
  ),
  assistant: choice(
    "Is the app’s assistant kept out?",
    ASSISTANT,
    <p>What is asked of an assistant, or summarised by it, goes to its operator.</p>,
  ),
};

/** What happens to its messages, and when it is reviewed. */
export const MESSAGE_FIELDS = {
  retention: choice("How long are messages kept?", {
    days: "Deleted after a set number of days",
    years: "Kept for a set number of years, then deleted",
    none: "No deletion rule",
  }),
  retentionCount: text("How many days, or years?", {
    hint: "A whole number. Leave it empty if there is no rule.",
    inputMode: "numeric",
    width: "short",
  }),
  ...SETTING_FIELDS,
  reviewOn: date("When will the group next be reviewed?", "the review"),
};

/** A question whose answer is null until it is given. */
function yesOrNo(
  question: string,
  words: Readonly<Record<"yes" | "no", string>>,
  hint?: string,
): Field<boolean | null> {
  const field = choice(question, words, hint && <p>{hint}</p>);
  const read = (form: FormValues, name: string) => {
    const answer = field.read(form, name);
    return answer && answer === "yes";
  };
  return { ...field, read };
}

const storedAnswer = (value: boolean | null | undefined): "yes" | "no" | undefined =>
  typeof value === "boolean" ? (value ? "yes" : "no") : undefined;

type Props = { formState: FormState; stored?: Partial<Omit<GroupEntry, "kind">> | undefined; settings: Body["groups"] };

/** @param props.apps those that the register has as approved */
export function AboutFields({ formState, stored = {}, settings, apps }: Props & { apps: readonly string[] }) {
  const { name, purpose, app = apps.length === 1 ? apps[0] : "", hasLogo } = stored;
  const field = showFields(ABOUT_FIELDS, formState, { name, purpose, app, logo: storedAnswer(hasLogo) });
  const offered = new Set([...apps, ...(stored.app ? [stored.app] : [])]);
  const logo = <p>The policy requires it on every group: set it as the group’s picture first.</p>;
  return (
    <>
      {field("name")}
      {field("purpose")}
      {field("app", { options: Object.fromEntries([...offered].map((value) => [value, value])) })}
      {field("logo", settings.needsLogo ? { hint: logo } : {})}
    </>
  );
}

export function SharingFields({ formState, stored: { responsible, agreement } = {} }: Omit<Props, "settings">) {
  const field = showFields(SHARING_FIELDS, formState, { responsible, agreement });
  return (
    <>
      {field("responsible")}
      {field("agreement")}
    </>
  );
}

export function GroupSettingsFields({ formState, stored, rules }: Omit<Props, "settings"> & { rules: GroupRules }) {
  const least = leastDaysKept(rules);
  const field = showFields(SETTING_FIELDS, formState, {
    disappear: stored && (stored.disappearDays ?? 0),
    timerBy: stored?.timerBy,
    canExport: storedAnswer(stored?.canExport),
    assistant: stored?.assistant,
  });
  const hint = `This does not guarantee anything: others can keep, copy or photograph a message first. It must be off under a hold.${
    least === null ? "" : ` The policy gives people time to copy what has value: never sooner than after ${least} days.`
  }`;
  return (
    <>
      {field("disappear", { hint: <p>{hint}</p> })}
      {field("timerBy")}
      {field("canExport")}
      {field("assistant")}
    </>
  );
}

type MessageProps = Props & {
  rules: GroupRules;
  isEmergency: boolean;
  /** For a new entry: the review date by the policy's schedule, YYYY-MM-DD. */
  firstReview?: string;
};

export function MessageFields({ formState, stored, settings, rules, isEmergency, firstReview }: MessageProps) {
  const days = stored?.clearEveryDays ?? (stored || isEmergency ? null : settings.clearEveryDays);
  const years = stored?.keepYears ?? null;
  const field = showFields(MESSAGE_FIELDS, formState, {
    retention: days !== null ? "days" : years !== null ? "years" : stored && "none",
    retentionCount: days ?? years,
    reviewOn: stored?.reviewOn ?? firstReview,
  });
  const hint = (
    <>
      {settings.retentionNote && <p>{settings.retentionNote}</p>}
      {isEmergency && <p>An emergency group can only be approved with a number of years.</p>}
    </>
  );
  return (
    <>
      {field("retention", { hint })}
      {field("retentionCount")}
      <GroupSettingsFields formState={formState} stored={stored} rules={rules} />
      {field("reviewOn", {
        hint: `Every ${settings.reviewEveryMonths} months unless you have a reason. At most two years from now.`,
      })}
    </>
  );
}

/** The values of `ABOUT_FIELDS`. */
export function readAbout(form: FormValues): Pick<GroupEntry, "name" | "purpose" | "app" | "hasLogo"> {
  const { logo, ...about } = valuesOf(ABOUT_FIELDS, form);
  return { ...about, hasLogo: logo };
}

/** The values of `SHARING_FIELDS`; none for a group of one body. */
export function readSharing(form: FormValues): Pick<GroupEntry, "responsible" | "agreement"> {
  const { responsible, agreement } = valuesOf(SHARING_FIELDS, form);
  return { responsible: responsible || null, agreement: agreement || null };
}

/** The values of the settings of the chat. */
export function readGroupSettings(form: FormValues): GroupSettings {
  const { disappear, ...settings } = valuesOf(SETTING_FIELDS, form);
  return { ...settings, disappearDays: disappear === null ? Number.NaN : Number(disappear) || null };
}

type Messages = Pick<GroupEntry, "clearEveryDays" | "keepYears" | "reviewOn"> & GroupSettings;

/** The values of `MESSAGE_FIELDS`, or what is wrong with them. */
export function readMessages(form: FormValues): { messages: Messages } | { problems: FieldProblem[] } {
  const { retention: rule, retentionCount, disappear, reviewOn: review } = valuesOf(MESSAGE_FIELDS, form);
  const retention = readRetention(rule ?? "", retentionCount);
  const problems: FieldProblem[] = [
    ...("problem" in retention ? [retention.problem] : []),
    ...(disappear === null ? [{ field: "disappear", message: "Say whether messages disappear by themselves." }] : []),
    ...(review.kind === "empty" ? [{ field: "reviewOn", message: "Say when the group will next be reviewed." }] : []),
    ...(review.kind === "wrong" ? [{ field: "reviewOn", message: review.message }] : []),
  ];
  if (problems.length > 0 || "problem" in retention || review.kind !== "day") return { problems };
  return { messages: { ...retention, ...readGroupSettings(form), reviewOn: review.day } };
}

/** Warns that disappearing messages are no safeguard, if they are on. */
export const DisappearingWarning = ({ days }: { days: number | null }) =>
  days === null ? null : (
    <Banner tone="warning" title="Messages in this group disappear by themselves">
      <p>
        This does not guarantee anything: somebody can keep a copy. Copy what matters into the record first. Switch it
        off under a hold.
      </p>
    </Banner>
  );
