import type { Role } from "../domain/access/permission/permission.ts";

/** A page of a body made by `fillBody`, and the best SQL for what it shows. */
export interface SizePage {
  name: string;
  role: Role;
  path: string;
  /** In the page. */
  heading: string;
  sql: string;
}

const BODY = "'example-borough'";

/**
 * The pages that grow with a body. Names and titles come from content, so the statements read only what is in the
 * database.
 */
export const SIZE_PAGES: readonly SizePage[] = [
  {
    name: "governance",
    role: "governance-officer",
    path: "/governance?policy=policy-3",
    heading: "Who has answered",
    sql: `
SELECT p."teamId", count(*), count(*) FILTER (WHERE a.answer = 'accepted'),
       count(*) FILTER (WHERE a.answer = 'declined' AND a."repliedAt" IS NULL)
  FROM "Person" p
  LEFT JOIN "Acknowledgement" a
    ON a."personId" = p.id AND a.body = ${BODY} AND a.policy = 'policy-3' AND a.version = '2' AND a.attempt = 1
 WHERE p.body = ${BODY} AND p.status = 'active'
 GROUP BY 1`,
  },
  {
    name: "team",
    role: "line-manager",
    path: "/team",
    heading: "Your team",
    sql: `
SELECT p.id, p.name, a.answer, a."givenAt"
  FROM (SELECT id, name FROM "Person"
         WHERE "managerId" = 'size-line-manager' AND status = 'active' ORDER BY name, id LIMIT 51) p
  LEFT JOIN "Acknowledgement" a ON a."personId" = p.id AND a.policy = 'policy-1' AND a.version = '2'
 ORDER BY p.name, p.id`,
  },
  {
    name: "tasks",
    role: "governance-officer",
    path: "/tasks",
    heading: "Your tasks",
    sql: `
SELECT (SELECT json_agg(r) FROM (SELECT reference, "keepUntil" FROM "CapturedRecord"
         WHERE body = ${BODY} AND "disposedAt" IS NULL AND "keepUntil" < to_char(now(), 'YYYY-MM-DD')
         ORDER BY "keepUntil", id LIMIT 101) r),
       (SELECT json_agg(g) FROM (SELECT reference, name FROM "ChatGroup" g
         WHERE body = ${BODY} AND state = 'approved'
           AND (SELECT count(*) FROM "GroupMember" m JOIN "Person" p ON p.id = m."personId" AND p.status = 'active'
                 WHERE m."groupId" = g.id AND m.role = 'administrator' AND m."removedAt" IS NULL) < 2 LIMIT 101) g),
       (SELECT json_agg(e) FROM (SELECT reference, "submittedAt" FROM "Exception"
         WHERE body = ${BODY} AND state = 'submitted' ORDER BY "createdAt", id LIMIT 101) e)`,
  },
  {
    name: "home",
    role: "employee",
    path: "/",
    heading: "What do you need to do?",
    sql: `
SELECT policy, version, answer FROM "Acknowledgement" WHERE "personId" = 'size-employee'`,
  },
  {
    name: "people",
    role: "administrator",
    path: "/admin/people",
    heading: "People",
    sql: `
SELECT p.id, p.name, p.email, p.roles, t.name AS team FROM "Person" p LEFT JOIN "Team" t ON t.id = p."teamId"
 WHERE p.body = ${BODY} ORDER BY p.name, p.id LIMIT 51`,
  },
  {
    name: "teams",
    role: "administrator",
    path: "/admin/people/teams",
    heading: "Teams",
    sql: `
SELECT t.id, t.name, m.name AS manager,
       (SELECT count(*) FROM "Person" p WHERE p."teamId" = t.id AND p.status = 'active') AS people
  FROM (SELECT * FROM "Team" WHERE body = ${BODY} ORDER BY name, id LIMIT 51) t
  LEFT JOIN "Person" m ON m.id = t."managerId"`,
  },
  {
    name: "groups",
    role: "auditor",
    path: "/groups",
    heading: "Chat groups",
    sql: `
SELECT g.*, (SELECT count(*) FROM "GroupMember" m WHERE m."groupId" = g.id AND m."removedAt" IS NULL) AS members
  FROM "ChatGroup" g WHERE g.body = ${BODY} ORDER BY g.name, g.id LIMIT 51`,
  },
  {
    name: "records",
    role: "auditor",
    path: "/records",
    heading: "Captured records",
    sql: `
SELECT reference, about, "saidOn", "className", "keepUntil", "capturedAt" FROM "CapturedRecord"
 WHERE body = ${BODY} ORDER BY "capturedAt" DESC, id LIMIT 51`,
  },
  {
    name: "exceptions",
    role: "auditor",
    path: "/exceptions/register",
    heading: "Register of exceptions",
    sql: `
WITH r AS MATERIALIZED (
  SELECT e.id, e.reference, e.state, e.policy, e.clauses, e."createdAt", e."endsAt", p.name, t.id AS "teamId", t.name AS team, d.name AS decider
    FROM "Exception" e JOIN "Person" p ON p.id = e."requesterId" LEFT JOIN "Team" t ON t.id = p."teamId" LEFT JOIN "Person" d ON d.id = e."decidedById"
   WHERE e.body = ${BODY} AND e.state <> 'draft')
SELECT (SELECT json_agg(x) FROM (SELECT reference, state, policy, "endsAt", name FROM r ORDER BY "createdAt" DESC, id LIMIT 26) x),
       (SELECT json_agg(x) FROM (SELECT worst.*, count(*) FROM r CROSS JOIN LATERAL (
          SELECT "likelihoodAfter", "impactAfter" FROM "ExceptionRisk" k WHERE k."exceptionId" = r.id
           ORDER BY "likelihoodAfter" * "impactAfter" DESC LIMIT 1) worst WHERE r.state = 'approved' GROUP BY 1, 2) x),
       (SELECT json_agg(x) FROM (SELECT to_char("endsAt", 'YYYY-MM'), count(*) FROM r WHERE state = 'approved' GROUP BY 1) x),
       (SELECT json_agg(DISTINCT policy) FROM r), (SELECT json_agg(DISTINCT c) FROM r, unnest(clauses) c),
       (SELECT json_agg(x) FROM (SELECT DISTINCT "teamId", team FROM r LIMIT 51) x), (SELECT json_agg(DISTINCT decider) FROM r), (SELECT count(*) FROM r)`,
  },
  {
    name: "evidence",
    role: "auditor",
    path: "/evidence",
    heading: "Evidence",
    sql: `
SELECT e.*, d.detail, p.name FROM "Evidence" e
  LEFT JOIN "EvidenceDetail" d ON d.body = e.body AND d.position = e.position
  LEFT JOIN "Person" p ON p.id = e.actor
 WHERE e.body = ${BODY} ORDER BY e.position DESC LIMIT 51`,
  },
  {
    name: "incidents",
    role: "governance-officer",
    path: "/incidents",
    heading: "Reports of accidents",
    sql: `
SELECT i.*, p.name FROM "Incident" i JOIN "Person" p ON p.id = i."reporterId"
 WHERE i.body = ${BODY} ORDER BY i."reportedAt" DESC, i.id LIMIT 51`,
  },
  {
    name: "mail",
    role: "administrator",
    path: "/admin/mail",
    heading: "Mail",
    sql: `
SELECT m.id, m.subject, m.state, m."createdAt", p.name FROM "Mail" m JOIN "Person" p ON p.id = m."personId"
 WHERE m.body = ${BODY} ORDER BY m."createdAt" DESC, m.id LIMIT 51`,
  },
];
