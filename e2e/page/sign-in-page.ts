import type { Locator } from "@playwright/test";
import type { Person } from "../person.ts";
import type { Visit } from "../visit.ts";
import { HomePage } from "./home-page.ts";
import { PortalPage } from "./portal-page.ts";

export class SignInPage extends PortalPage {
  static async open(visit: Visit): Promise<SignInPage> {
    await visit.page.goto("/sign-in");
    return SignInPage.shown(visit);
  }

  static shown(visit: Visit): Promise<SignInPage> {
    return new SignInPage(visit, "Who are you today?", "Sign in").checked();
  }

  /** The button that signs a person in: it names person, role and body. */
  buttonFor({ role, body, name }: Person): Locator {
    const words = [name ?? "[^,]+", role, body].map((part, at) => (at === 0 && !name ? part : literal(part)));
    return this.page.getByRole("button", { name: new RegExp(`^Sign in as ${words.join(", ")}$`) }).first();
  }

  /** Signs in; leads to wherever the person was going. */
  async signIn(person: Person): Promise<void> {
    await this.follow(() => this.buttonFor(person).click());
  }

  async signInToHome(person: Person): Promise<HomePage> {
    await this.signIn(person);
    return HomePage.shown(this.visit);
  }

  /** The message above the choice if somebody may not come in. */
  refusal(title: string): Locator {
    return this.main.getByRole("heading", { level: 2, name: title });
  }
}

function literal(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
