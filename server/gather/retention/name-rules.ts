import type { NameTable } from "./repository.ts";

const OWN = `body = $3`;
const through = (key: string, table: string, scope = OWN) => `"${key}" IN (SELECT id FROM "${table}" WHERE ${scope})`;

/** Here the name is replaced by a pseudonym. */
export const NAME_TABLES: readonly NameTable[] = [
  { table: "Acknowledgement", scope: OWN, text: ["reason", "reply", "paperPlace", "paperReason"] },
  { table: "WithdrawnAnswer", scope: OWN, text: ["reason", "paperPlace", "paperReason", "withdrawnBecause"] },
  { table: "Exception", scope: OWN, text: ["justification", "whyNoChannel", "dataInvolved"] },
  { table: "ExceptionCondition", scope: through("exceptionId", "Exception"), text: ["text"] },
  { table: "ExceptionRisk", scope: through("exceptionId", "Exception"), text: ["description"] },
  {
    table: "ExceptionMitigation",
    text: ["text"],
    scope: through("riskId", "ExceptionRisk", through("exceptionId", "Exception")),
  },
  {
    table: "ExceptionStep",
    scope: through("exceptionId", "Exception"),
    text: ["reason"],
    json: ["comments", "snapshot"],
  },
  { table: "DebtConsideration", scope: OWN, text: ["reason"] },
  { table: "OutsideRuleReading", scope: OWN, text: ["reason"] },
  { table: "Campaign", scope: OWN, text: ["endReason"] },
  { table: "Exemption", scope: OWN, text: ["reason"] },
  { table: "ExceptionNote", scope: through("exceptionId", "Exception"), text: ["text"] },
  { table: "VersionProposal", scope: OWN, text: ["note", "endReason"] },
  { table: "ClauseQuestion", scope: OWN, text: ["question", "instead", "answer", "note"] },
  { table: "UnfoundWords", scope: OWN, text: ["words"] },
  { table: "ContinuityActivity", scope: OWN, text: ["title", "reason", "endReason"] },
  { table: "ApiToken", scope: OWN, text: ["name"] },
  { table: "Notice", scope: OWN, text: ["subject"], list: ["paragraphs"] },
  { table: "Mail", scope: OWN, text: ["subject", "reason"], json: ["content"] },
  {
    table: "ChatGroup",
    scope: OWN,
    text: ["name", "purpose", "decisionReason", "closeReason", "responsible", "agreement"],
  },
  { table: "GroupStep", scope: through("groupId", "ChatGroup"), text: ["detail", "reason"] },
  { table: "GroupAlert", scope: through("groupId", "ChatGroup"), text: ["postedBy", "message"] },
  { table: "App", scope: OWN, text: ["purpose", "whoMay", "dpiaReference"], list: ["settings"] },
  { table: "AppDecision", scope: through("appId", "App"), text: ["reason"], json: ["entry"] },
  { table: "PhoneReturn", scope: OWN, text: ["moved", "heldCopied"] },
  { table: "PhoneReturnStep", scope: through("returnId", "PhoneReturn"), text: ["detail"] },
  { table: "Hold", scope: OWN, text: ["keep", "note", "endReason"], list: ["words"] },
  { table: "HoldRelease", scope: through("holdId", "Hold"), text: ["reason"] },
  { table: "Correction", scope: OWN, text: ["reason"], json: ["before"] },
  { table: "InformationRequest", scope: OWN, text: ["requester", "asked", "outcome"] },
  { table: "RequestPause", scope: through("requestId", "InformationRequest"), text: ["words"] },
  {
    table: "InformationRequestStep",
    scope: through("requestId", "InformationRequest"),
    text: ["reason"],
    json: ["before"],
  },
  {
    table: "SearchRequest",
    scope: through("requestId", "InformationRequest"),
    text: ["lookFor", "chats", "apps", "devices", "endReason"],
  },
  {
    table: "SearchAnswer",
    scope: through("searchId", "SearchRequest", through("requestId", "InformationRequest")),
    text: ["words"],
  },
  { table: "Consent", scope: OWN, text: ["purpose", "withdrawReason"] },
  { table: "UnderstandingCheck", scope: OWN, text: ["heldBy", "takenBy", "result", "actions"] },
  { table: "SampledPerson", scope: through("sampleId", "UnderstandingSample"), text: ["excusedBecause"] },
  { table: "IncidentEntry", scope: through("incidentId", "Incident"), json: ["values"] },
  { table: "IncidentAction", scope: through("incidentId", "Incident"), text: ["text"] },
  { table: "ClearDown", scope: through("groupId", "ChatGroup"), text: ["recordsMovedTo"] },
];

/** Texts beside the evidence are never rewritten: one that names somebody who left is erased. */
export const EVIDENCE_TEXTS: NameTable = { table: "EvidenceDetail", scope: OWN, text: ["detail"], key: "position" };

/** Every table in which a leaver's name is looked for. */
export const SEARCHED_TABLES: readonly NameTable[] = [...NAME_TABLES, EVIDENCE_TEXTS];

/** Private to whom they are for, or copies of what a register says. */
const NOT_REGISTERS = ["Mail", "Notice", "UnfoundWords", "ApiToken", "Consent"];

/** The tables of all registers, in which people and words are looked for by name. */
export const REGISTER_TABLES: readonly NameTable[] = [
  ...SEARCHED_TABLES.filter(({ table }) => !NOT_REGISTERS.includes(table)),
  {
    table: "CapturedRecord",
    scope: OWN,
    text: ["about", "chat", "participants", "content", "system", "systemReference"],
  },
  { table: "Consent", scope: OWN, text: ["name", "guardian", "purpose", "formReference", "withdrawReason"] },
  { table: "GroupMember", scope: through("groupId", "ChatGroup"), text: ["name", "organisation"] },
];

/** @throws where no name is looked for in that table */
export function searchedTable(name: string): NameTable {
  const found = SEARCHED_TABLES.find(({ table }) => table === name);
  if (!found) throw new Error(`No name is looked for in ${name}.`);
  return found;
}
