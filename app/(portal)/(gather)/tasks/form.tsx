import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { hidden } from "#app/_portal/form/field.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { Button } from "#app/_ui/layout.tsx";
import { groupTasks, MOST_TASKS } from "#domain/gather/task/task.ts";
import { discardBegun } from "#server/access/form-input/service.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { clock } from "#server/base/clock.ts";
import { listNews } from "#server/evidence/notice/queries.ts";
import { endFeed, makeFeed } from "#server/gather/task/service.ts";
import { getOwnFeed, listDaysOff, listTasks } from "#server/gather/task/queries.ts";

/** All the reader's tasks, by how soon they are due; then their notices, and how to add the tasks to their calendar. */
export const page = definePage({
  path: "/tasks",
  async read({ actor, query }) {
    const [tasks, daysOff, news, feed, secret] = await Promise.all([
      listTasks(actor),
      listDaysOff(actor),
      listNews(actor),
      getOwnFeed(actor),
      shownOnce(actor, query["calendar"]),
    ]);
    const shown = tasks.slice(0, MOST_TASKS);
    const groups = groupTasks(shown, clock.now(), daysOff);
    return { groups, hasMore: tasks.length > shown.length, news, feed, secret };
  },
  heading: "Your tasks",
});

export type ShownTasks = Parameters<typeof makeFeedForm.show>[0];

/** Makes or renews the secret address of the reader's tasks. */
export const makeFeedForm = defineForm(page, {
  do: "make",
  action: "/tasks/feed/send",
  fields: {},
  button: ({ view }) => <Button look="quiet">{view.feed === null ? "Get an address" : "Get a new address"}</Button>,
  submit: ({ actor }) => makeFeed(actor),
  done: async (secret, { actor }) => `/tasks?calendar=${await keepToShow(actor, secret)}#calendar`,
});

export const endFeedForm = defineForm(page, {
  do: "end",
  action: "/tasks/feed/send",
  fields: {},
  button: <Button look="quiet">End this address</Button>,
  submit: ({ actor }) => endFeed(actor),
  done: "/tasks#calendar",
});

/** Discards what a program began in a form; the task and the form's page have its button. */
export const discardBegunForm = defineForm(page, {
  action: "/tasks/begun/send",
  fields: { begun: hidden() },
  submit: async ({ actor, values: { begun } }) => {
    await discardBegun(actor, begun);
    return { to: "/tasks?done=1" };
  },
});
