import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { reportRecipients, incidentRelationOf, type Reported } from "./reach.ts";

const report: Reported = {
  body: "nao",
  reporterId: "reporter",
  managerId: "manager",
  isKeptFromOfficers: false,
  keptFromId: null,
  isWithSenior: false,
  ownerIds: [],
};
const as = (personId: string, roles: Role[], body = "nao") => ({ personId, roles, body });

describe("who sees a report", () => {
  it("includes the reporter, whatever their roles, and nobody handles their own report", () => {
    for (const role of ROLES) expect(incidentRelationOf(as("reporter", [role]), report), role).toBe("reporter");
  });

  it("includes governance officers and the manager who was notified; no other role or body", () => {
    for (const role of ROLES)
      expect(incidentRelationOf(as("somebody", [role]), report), role).toBe(
        role === "governance-officer" ? "handler" : null,
      );
    expect(incidentRelationOf(as("manager", ["line-manager"]), report)).toBe("manager");
    expect(incidentRelationOf(as("manager", ["line-manager", "governance-officer"]), report)).toBe("handler");
    for (const role of ROLES) expect(incidentRelationOf(as("manager", [role], "nottingham"), report), role).toBeNull();
  });

  it("includes the senior owner if they were asked, and no officer if it is about one", () => {
    const kept = { ...report, isKeptFromOfficers: true, isWithSenior: true };
    expect(incidentRelationOf(as("senior", ["senior-information-risk-owner"]), kept)).toBe("handler");
    expect(incidentRelationOf(as("officer", ["governance-officer"]), kept)).toBeNull();
    const about = { ...report, managerId: null, keptFromId: "manager" };
    expect(incidentRelationOf(as("manager", ["line-manager", "governance-officer"]), about)).toBeNull();
  });
});

describe("who was given something to do", () => {
  const given = { ...report, ownerIds: ["manager", "somebody", "reporter"] };

  it("sees that alone, unless the report concerns them anyway", () => {
    expect(incidentRelationOf(as("somebody", ["employee"]), given)).toBe("owner");
    expect(incidentRelationOf(as("somebody", ["employee"], "nottingham"), given)).toBeNull();
    expect(incidentRelationOf(as("manager", ["line-manager"]), given)).toBe("manager");
    expect(incidentRelationOf(as("reporter", ["employee"]), given)).toBe("reporter");
  });

  it("is never whom it is about", () => {
    expect(incidentRelationOf(as("somebody", ["employee"]), { ...given, keptFromId: "somebody" })).toBeNull();
  });
});

describe("who is notified", () => {
  const reach = { reporterId: "r", managerId: "m", officerIds: ["o1", "o2"], seniorIds: ["s"] };
  const usual = { tellsManager: true, notToTell: [] };

  it("includes the manager and every officer", () => {
    expect(reportRecipients(reach, usual)).toEqual({ managerId: "m", officerIds: ["o1", "o2"], seniorIds: [] });
  });

  it("never includes the reporter; for an officer's report it includes the senior owner", () => {
    expect(reportRecipients({ ...reach, reporterId: "m" }, usual).managerId).toBeNull();
    expect(reportRecipients({ ...reach, reporterId: "o1" }, usual)).toEqual({
      managerId: "m",
      officerIds: ["o2"],
      seniorIds: ["s"],
    });
    expect(reportRecipients({ ...reach, reporterId: "o1", officerIds: ["o1"] }, usual).seniorIds).toEqual(["s"]);
  });

  it("includes somebody else if one is missing, or it is about them", () => {
    expect(reportRecipients({ ...reach, managerId: null }, usual)).toMatchObject({ managerId: null, seniorIds: [] });
    expect(reportRecipients({ ...reach, officerIds: [] }, usual).seniorIds).toEqual(["s"]);
    expect(reportRecipients(reach, { tellsManager: true, notToTell: ["officer"] })).toEqual({
      managerId: "m",
      officerIds: [],
      seniorIds: ["s"],
    });
    expect(reportRecipients({ ...reach, managerId: "o1" }, { tellsManager: true, notToTell: ["manager"] })).toEqual({
      managerId: null,
      officerIds: ["o2"],
      seniorIds: [],
    });
  });
});
