import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** Somebody's answer to a policy: the confirmation right after it was given, or its certificate at any later time. */
export class CertificatePage extends PortalPage {
  static confirmed(visit: Visit, answer: "accepted" | "declined"): Promise<CertificatePage> {
    return new CertificatePage(visit, `You have ${answer} the policy`).checked();
  }

  static shown(visit: Visit, heading: string): Promise<CertificatePage> {
    return new CertificatePage(visit, heading).checked();
  }

  async reference(): Promise<string> {
    return (await this.facts())["Reference"] ?? "";
  }
}
