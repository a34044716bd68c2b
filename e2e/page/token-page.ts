import type { Visit } from "../visit.ts";
import { FormPage } from "./form-page.ts";

/** A token's own page. */
export class TokenPage extends FormPage {
  static made(visit: Visit): Promise<TokenPage> {
    return new TokenPage(visit, "You have made the token").checked();
  }

  static about(visit: Visit, name: string): Promise<TokenPage> {
    return new TokenPage(visit, `Token for ${name}`).checked();
  }

  /** The token itself, where the page shows it. */
  async token(): Promise<string> {
    return /wc_[\w-]{43}/.exec(await this.main.innerText())?.[0] ?? "";
  }
}
