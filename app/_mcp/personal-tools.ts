import { z } from "zod";
import { found } from "#domain/answers/api/evaluation-schema.ts";
import { MOST_TASKS, outsideTitle } from "#domain/gather/task/task.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { listOwnApprovedGroups } from "#server/registers/group/queries.ts";
import { defineTool, pageAddress } from "./tool.ts";

const tasksTool = defineTool({
  name: "my_tasks",
  title: "My tasks",
  description:
    "Lists what the person owes in the portal, the earliest due first, with the page where they do it. Nothing can be done here.",
  needs: "person",
  input: z.strictObject({}),
  output: z.strictObject({
    tasks: z.array(
      z.strictObject({
        title: z.string().meta({ description: "As it may be read outside the portal: without what is confidential." }),
        due: z.string().meta({ description: "The day by which it is due, YYYY-MM-DD." }),
        page: pageAddress.schema,
      }),
    ),
    hasMore: z.boolean(),
  }),
  async run(actor) {
    const tasks = await listTasks(actor);
    const shown = tasks.slice(0, MOST_TASKS);
    return found({
      tasks: shown.map((task) => ({ title: outsideTitle(task), due: task.due, page: pageAddress.of(task.href) })),
      hasMore: tasks.length > shown.length,
    });
  },
  words: ({ tasks }) =>
    tasks.length === 0
      ? "Nothing is to be done."
      : tasks.map(({ title, due, page }) => `${title}, due ${due}: ${page}`).join("\n"),
});

const groupsTool = defineTool({
  name: "my_groups",
  title: "My chat groups",
  description: "Lists the registered chat groups that the person is in. Only in these may they chat for work.",
  needs: "person",
  input: z.strictObject({}),
  output: z.strictObject({
    groups: z.array(
      z.strictObject({
        reference: z.string().meta({ examples: ["GRP-7K3M-9QTP"] }),
        name: z.string(),
        purpose: z.string(),
        app: z.string(),
        clearEveryDays: z.int().nullable().meta({ description: "After so many days its messages are cleared." }),
        page: pageAddress.schema,
      }),
    ),
  }),
  async run(actor) {
    const groups = await listOwnApprovedGroups(actor);
    return found({
      groups: groups.map(({ reference, name, purpose, app, clearEveryDays }) => {
        return { reference, name, purpose, app, clearEveryDays, page: pageAddress.of(`/groups/${reference}`) };
      }),
    });
  },
  words: ({ groups }) =>
    groups.length === 0
      ? "They are in no registered group."
      : groups.map(({ name, app, purpose, page }) => `${name} (${app}): ${purpose} ${page}`).join("\n"),
});

export const PERSONAL_TOOLS = [tasksTool, groupsTool];
