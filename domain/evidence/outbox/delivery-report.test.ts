import { describe, expect, it } from "vitest";
import { readMessageId, readRecipients } from "./delivery-report.ts";

describe("a delivery report", () => {
  it("names each recipient with what happened, over several lines too", () => {
    const text = [
      "Reporting-MTA: dns; mx.example",
      "",
      "Original-Recipient: rfc822;Ann@nao.invalid",
      "Final-Recipient: rfc822; <ann2@nao.invalid>",
      "Action: Failed",
      "Status: 5.1.1 (bad destination)",
      "Diagnostic-Code: smtp; 550 5.1.1 User",
      "    unknown",
      "",
      "Final-Recipient: rfc822; bo@nao.invalid",
      "Action: delayed",
      "",
    ].join("\r\n");
    expect(readRecipients(text)).toEqual([
      {
        addresses: ["Ann@nao.invalid", "ann2@nao.invalid"],
        action: "failed",
        status: "5.1.1",
        diagnostic: "550 5.1.1 User unknown",
      },
      { addresses: ["bo@nao.invalid"], action: "delayed", status: "unknown", diagnostic: null },
    ]);
  });

  it.each(["", "Final-Recipient: rfc822; a@b.invalid", "Action: failed", "Hello.\n\nAction: failed\nStatus: 5.0.0"])(
    "without recipient and action says nothing: %j",
    (text) => expect(readRecipients(text)).toEqual([]),
  );

  it("says which mail it is about, also in a header that is folded", () => {
    expect(readMessageId("Subject: x\nMessage-ID:\n <abc-1@host>\n")).toBe("<abc-1@host>");
    expect(readMessageId("message-id: <a@b>")).toBe("<a@b>");
    for (const headers of ["", "Subject: <a@b>", "Message-ID: abc"]) expect(readMessageId(headers)).toBeNull();
  });
});
