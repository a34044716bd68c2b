import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** The person's current tasks. */
export class TasksPage extends PortalPage {
  static async open(visit: Visit): Promise<TasksPage> {
    await visit.page.goto("/tasks");
    return TasksPage.shown(visit);
  }

  static shown(visit: Visit): Promise<TasksPage> {
    return new TasksPage(visit, "Your tasks").checked();
  }

  task(title: string): Locator {
    return this.main.getByRole("listitem").filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }

  /** The task that names a reference. */
  about(reference: string): Locator {
    return this.main.getByRole("listitem").filter({ hasText: reference });
  }

  async begin(title: string): Promise<void> {
    await this.followLink(title);
  }
}
