import type pg from "pg";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { CHAIN_START } from "#domain/evidence/journal/chain.ts";
import { REFERENCE_ALPHABET } from "#domain/base/reference/reference.ts";

/** A policy of the body: both of its versions are answered, the first by a fifth of the people and the second by the others. */
export interface AnsweredPolicy {
  slug: string;
  versions: readonly { version: string; hash: string }[];
}

export interface BodySize {
  body: string;
  employer: string;
  people: number;
  policies: readonly AnsweredPolicy[];
}

/**
 * The people with a role. The line manager manages the managers of all teams: the longest list that a team page can
 * have.
 */
export function idOf(role: Role): string {
  return `size-${role}`;
}

/** In one team; one of them manages it. */
export const PEOPLE_IN_A_TEAM = 20;

/**
 * Fills a migrated PostgreSQL database with a body: people, teams, a year of answers, exceptions, groups, records, kept
 * results, incidents, holds, questions, mail and sessions, and evidence of the answers in one chain. The database
 * generates the rows, so memory here does not grow with them. The result is the same for the same size.
 * @param say is told what is being made
 */
export async function fillBody(client: pg.Client, size: BodySize, say: (progress: string) => void): Promise<void> {
  await client.query(
    "SET session_replication_role = replica; SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'",
  );
  await client.query(HELPERS);
  const policies = size.policies.map(({ slug, versions: [first, second] }) => [slug, first, second]);
  const values: Record<string, string> = {
    body: client.escapeLiteral(size.body),
    employer: client.escapeLiteral(size.employer),
    people: String(size.people),
    teams: String(Math.ceil(size.people / PEOPLE_IN_A_TEAM)),
    manager: client.escapeLiteral(idOf("line-manager")),
    officer: client.escapeLiteral(idOf("governance-officer")),
    owner: client.escapeLiteral(idOf("policy-owner")),
    roles: client.escapeLiteral(`{${ROLES.join(",")}}`),
    policies: client.escapeLiteral(JSON.stringify(policies)),
    start: client.escapeLiteral(CHAIN_START),
  };
  for (const [name, sql] of Object.entries(STEPS)) {
    say(`size: making ${name}`);
    await client.query(sql.replace(/@(\w+)@/g, (_, value: string) => values[value] ?? ""));
  }
  await client.query("SET session_replication_role = DEFAULT");
  say("size: looking at what there is (VACUUM ANALYZE)");
  await client.query("VACUUM ANALYZE");
}

const HELPERS = `
CREATE FUNCTION pg_temp.digit(n bigint, place bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT substr('${REFERENCE_ALPHABET}', 1 + (n / place % 30)::int, 1) $$;
CREATE FUNCTION pg_temp.ref(prefix text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT prefix || '-22' || pg_temp.digit(n, 24300000) || pg_temp.digit(n, 810000) || '-' ||
         pg_temp.digit(n, 27000) || pg_temp.digit(n, 900) || pg_temp.digit(n, 30) || pg_temp.digit(n, 1) $$;
CREATE FUNCTION pg_temp.person(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'size-person-' || n $$;
CREATE FUNCTION pg_temp.back(n bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT date_trunc('milliseconds', now()) - (n % 525600) * interval '1 minute' $$;
CREATE FUNCTION pg_temp.policy(list jsonb, n bigint, version int) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('slug', one -> 0) || (one -> version) FROM (SELECT list -> (n % jsonb_array_length(list))::int AS one) AS of_list $$;`;

const STEPS: Readonly<Record<string, string>> = {
  people: `
    INSERT INTO "Team" (id, body, name)
      SELECT 'size-team-' || n, @body@, 'Team ' || lpad(n::text, 6, '0') FROM generate_series(1, @teams@) AS n;
    INSERT INTO "Person" (id, body, employer, name, email, roles, status, "teamId", "managerId", "startsOn", "createdAt", "updatedAt")
      SELECT pg_temp.person(n), @body@, @employer@,
             (ARRAY['Amina','Bryn','Chidi','Dilys','Ewan','Farah','Gwen','Hamza','Isla','Jomo'])[1 + n % 10] || ' ' ||
             (ARRAY['Sampleton','Exampleby','Mockham','Pretendley','Specimenworth','Madeupford','Fictionsby'])[1 + n % 7] || ' ' || n,
             'person' || n || '@size.example.invalid',
             CASE WHEN n % ${PEOPLE_IN_A_TEAM} = 1 THEN '{line-manager}'::text[] ELSE '{employee}' END,
             CASE WHEN n % 20 = 7 THEN 'left' ELSE 'active' END::"PersonStatus",
             'size-team-' || 1 + (n - 1) / ${PEOPLE_IN_A_TEAM},
             CASE WHEN n % ${PEOPLE_IN_A_TEAM} = 1 THEN @manager@ END,
             to_char(now() - (n % 2000) * interval '1 day', 'YYYY-MM-DD'), pg_temp.back(n), now()
        FROM generate_series(1, @people@) AS n;
    INSERT INTO "Person" (id, body, employer, name, email, roles, "startsOn", "createdAt", "updatedAt")
      SELECT 'size-' || role, @body@, @employer@, 'Robin ' || role, role || '@size.example.invalid', ARRAY[role], '2020-01-01', now(), now()
        FROM unnest(@roles@::text[]) AS role;
    UPDATE "Team" SET "managerId" = pg_temp.person(1 + (substr(id, 11)::int - 1) * ${PEOPLE_IN_A_TEAM}) WHERE id LIKE 'size-team-%';
    INSERT INTO "Session" (id, token, "personId", "expiresAt", "updatedAt")
      SELECT 'size-session-' || n, 'size-token-' || n, pg_temp.person(n * 5), now() - (n % 20 - 10) * interval '1 hour', now()
        FROM generate_series(1, @people@ / 5) AS n;`,
  "answers and their evidence": `
    INSERT INTO "PolicyRelease" (policy, version, hash, body, "servedAt")
      SELECT policy ->> 'slug', policy ->> 'version', policy ->> 'hash', @body@, now() - (3 - which) * interval '1 year'
        FROM (SELECT which, pg_temp.policy(@policies@::jsonb, p, which) AS policy
                FROM generate_series(0, jsonb_array_length(@policies@::jsonb) - 1) AS p, generate_series(1, 2) AS which) AS made;
    CREATE TEMP TABLE made AS
      SELECT row_number() OVER (ORDER BY at, n, p) AS number, n, p, which, at FROM (
        SELECT n, p, CASE WHEN (n + p) % 5 = 0 THEN 1 ELSE 2 END AS which, pg_temp.back(n * 7919 + p * 104729) AS at
          FROM generate_series(1, @people@) AS n, generate_series(0, jsonb_array_length(@policies@::jsonb) - 1) AS p) AS given;
    INSERT INTO "Acknowledgement" (id, reference, body, "personId", policy, version, hash, attempt, answer, reason, statement, "givenAt",
                                   reply, "repliedAt", "repliedById")
      SELECT 'size-answer-' || number, pg_temp.ref('ACK', number), @body@, pg_temp.person(n), policy ->> 'slug', policy ->> 'version',
             policy ->> 'hash', 1, CASE WHEN declines THEN 'declined' ELSE 'accepted' END::"AcknowledgementAnswer",
             CASE WHEN declines THEN 'It does not say what to do at night.' END, 'I have read this policy.', at,
             CASE WHEN declines AND number % 3000 > 0 THEN 'Ask the duty officer.' END, CASE WHEN declines AND number % 3000 > 0 THEN at + interval '1 day' END,
             CASE WHEN declines AND number % 3000 > 0 THEN @owner@ END
        FROM (SELECT *, number % 100 = 0 AS declines, pg_temp.policy(@policies@::jsonb, p, which) AS policy FROM made) AS given;
    DO $$
    DECLARE
      answer record; position int; previous text; line text; digest text;
    BEGIN
      SELECT e.position, e.hash INTO position, previous FROM "Evidence" e WHERE e.body = @body@ ORDER BY e.position DESC LIMIT 1;
      position := coalesce(position, 0);
      previous := coalesce(previous, @start@);
      FOR answer IN SELECT * FROM "Acknowledgement" WHERE id LIKE 'size-answer-%' ORDER BY substr(id, 13)::bigint LOOP
        position := position + 1;
        line := '[1,"' || answer.body || '",' || position || ',"' ||
          CASE answer.answer WHEN 'declined' THEN 'policy.declined' ELSE 'policy.acknowledged' END || '","' ||
          to_char(answer."givenAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","' || answer."personId" || '","' ||
          answer.reference || '","' || answer.policy || '","' || answer.version || '","' || answer.hash || '","{\\"attempt\\":1}",null,"' ||
          previous || '"]';
        digest := encode(sha256(convert_to(line, 'UTF8')), 'hex');
        INSERT INTO "Evidence" (body, position, event, at, actor, subject, policy, version, "contentHash", data, "previousHash", hash)
          VALUES (answer.body, position, CASE answer.answer WHEN 'declined' THEN 'policy.declined' ELSE 'policy.acknowledged' END,
                  answer."givenAt", answer."personId", answer.reference, answer.policy, answer.version, answer.hash, '{"attempt":1}', previous, digest);
        previous := digest;
      END LOOP;
    END $$;
    DROP TABLE made;`,
  exceptions: `
    INSERT INTO "Exception" (id, reference, body, "requesterId", "startKey", state, policy, version, hash, situation, clauses, justification,
                             "whyNoChannel", "dataInvolved", scope, "wantedUntil", residual, "submittedAt", "managerWhenSentId", "decidedAt",
                             "decidedById", "startsAt", "endsAt", "createdAt", "changedAt")
      SELECT 'size-exception-' || n, pg_temp.ref('EX', n), @body@, pg_temp.person(n * 83), 'key-' || n, state::"ExceptionState",
             policy ->> 'slug', policy ->> 'version', policy ->> 'hash', '{}', '{2.1}', 'Visits out of hours.', 'No signal for the laptop.',
             'Names of streets.', 'person', to_char(now() + interval '30 days', 'YYYY-MM-DD'), n % 25 + 1, at,
             CASE WHEN n * 83 % ${PEOPLE_IN_A_TEAM} = 1 THEN @manager@ ELSE pg_temp.person(1 + (n * 83 - 1) / ${PEOPLE_IN_A_TEAM} * ${PEOPLE_IN_A_TEAM}) END, decided, CASE WHEN decided IS NOT NULL THEN @officer@ END,
             CASE WHEN state IN ('approved', 'revoked') THEN decided END,
             CASE WHEN state IN ('approved', 'revoked') THEN decided + interval '180 days' END, at, coalesce(decided, at)
        FROM (SELECT n, pg_temp.back(n * 501) AS at, state, pg_temp.policy(@policies@::jsonb, n, 2) AS policy,
                     CASE WHEN state IN ('approved', 'declined', 'revoked') THEN pg_temp.back(n * 501) + interval '3 hours' END AS decided
                FROM (SELECT n, CASE WHEN n % 50 = 7 THEN 'submitted' WHEN n % 50 = 9 THEN 'changes-requested' WHEN n % 50 = 11 THEN 'draft'
                                       ELSE (ARRAY['approved','approved','approved','declined','withdrawn','revoked'])[1 + n % 6] END AS state
                        FROM generate_series(1, @people@ / 100) AS n) AS states) AS made;
    INSERT INTO "ExceptionRisk" (id, "exceptionId", position, description, "likelihoodBefore", "impactBefore", "likelihoodAfter", "impactAfter")
      SELECT 'size-risk-' || n || '-' || p, 'size-exception-' || n, p, 'Somebody else reads it.', 3, 4, 2, 3
        FROM generate_series(1, @people@ / 100) AS n, generate_series(1, 2) AS p;
    INSERT INTO "ExceptionStep" (id, "exceptionId", position, at, "personId", command)
      SELECT 'size-step-' || substr(id, 16), id, 1, "createdAt", "requesterId", 'submit' FROM "Exception" WHERE id LIKE 'size-%' AND state <> 'draft';`,
  groups: `
    INSERT INTO "ChatGroup" (id, reference, body, "requesterId", "startKey", state, name, purpose, kind, app, policy, version, hash,
                             "clearEveryDays", "reviewOn", "requestedAt", "decidedAt", "decidedById", "closedAt", "closeReason")
      SELECT 'size-group-' || n, pg_temp.ref('GRP', n), @body@, pg_temp.person(n * 41), 'key-' || n,
             CASE WHEN n % 100 = 7 THEN 'requested' WHEN n % 10 = 4 THEN 'closed' WHEN n % 10 = 8 THEN 'declined' ELSE 'approved' END::"GroupState",
             'Group ' || n, 'Rotas and changes of shift', 'team', 'WhatsApp', policy ->> 'slug', policy ->> 'version', policy ->> 'hash',
             30, to_char(now() + (n % 300 - 10) * interval '1 day', 'YYYY-MM-DD'), pg_temp.back(n * 263), pg_temp.back(n * 263), @officer@,
             CASE n % 10 WHEN 4 THEN now() END, CASE n % 10 WHEN 4 THEN 'Not needed any more.' END
        FROM (SELECT n, pg_temp.policy(@policies@::jsonb, n, 2) AS policy FROM generate_series(1, @people@ / 50) AS n) AS made;
    INSERT INTO "GroupMember" (id, "groupId", "personId", role, "addedAt", "consentedAt")
      SELECT 'size-member-' || g || '-' || m, 'size-group-' || g, pg_temp.person(1 + (g * 41 - 1 + m * 17) % @people@),
             CASE WHEN m < 2 THEN 'administrator' WHEN m = 2 THEN 'deputy' ELSE 'member' END::"GroupRole", pg_temp.back(g * 263), pg_temp.back(g * 263)
        FROM generate_series(1, @people@ / 50) AS g, generate_series(0, 9) AS m;
    INSERT INTO "ClearDown" (id, "groupId", "dueOn", "clearedFor", "confirmedById", "confirmedAt", "recordsMovedTo")
      SELECT 'size-clear-' || g || '-' || c, 'size-group-' || g, to_char(now() - c * interval '30 days', 'YYYY-MM-DD'), 'group',
             pg_temp.person(g * 41), now() - c * interval '30 days', ''
        FROM generate_series(1, @people@ / 50) AS g, generate_series(1, 12) AS c;`,
  "records, consents and kept results": `
    INSERT INTO "CapturedRecord" (id, reference, body, "personId", "startKey", about, "saidOn", chat, participants, content, system,
                                  "systemReference", "className", "keepUntil", "capturedAt")
      SELECT 'size-record-' || n, pg_temp.ref('REC', n), @body@, pg_temp.person(n * 5), 'key-' || n, 'Decision ' || n,
             to_char(pg_temp.back(n * 26), 'YYYY-MM-DD'), 'Team chat', 'The team', repeat('What was decided, and why. ', 12), 'Case system',
             'CASE/' || n, 'Case files', to_char(now() + (n % 2000 - 20) * interval '1 day', 'YYYY-MM-DD'), pg_temp.back(n * 26)
        FROM generate_series(1, @people@ / 5) AS n;
    INSERT INTO "Consent" (id, reference, body, "personId", "startKey", name, "givenOn", until, purpose, "formReference", "recordedAt")
      SELECT 'size-consent-' || n, pg_temp.ref('PHO', n), @body@, pg_temp.person(n * 97), 'key-' || n, 'Somebody ' || n,
             to_char(pg_temp.back(n * 509), 'YYYY-MM-DD'), to_char(pg_temp.back(n * 509) + (n % 700) * interval '1 day', 'YYYY-MM-DD'), 'A newsletter', 'F' || n, pg_temp.back(n * 509)
        FROM generate_series(1, @people@ / 100) AS n;
    INSERT INTO "UnderstandingCheck" (id, reference, body, "personId", "startKey", policy, version, hash, kind, "heldBy", "heldOn", "takenBy", result, actions, "recordedAt")
      SELECT 'size-check-' || n, pg_temp.ref('SUR', n), @body@, @officer@, 'key-' || n, policy ->> 'slug', policy ->> 'version', policy ->> 'hash',
             'survey', 'Internal audit', to_char(pg_temp.back(n * 2503), 'YYYY-MM-DD'), 'Team ' || n, 'Most knew what to do.', 'None.', pg_temp.back(n * 2503)
        FROM (SELECT n, pg_temp.policy(@policies@::jsonb, n, 2) AS policy FROM generate_series(1, @people@ / 500) AS n) AS made;
    INSERT INTO "Receipt" (id, reference, body, "personId", "startKey", policy, version, hash, verdict, content, "keptAt", salt, seal)
      SELECT 'size-receipt-' || n, pg_temp.ref('DEC', n), @body@, pg_temp.person(n), 'key-' || n, policy ->> 'slug', policy ->> 'version', policy ->> 'hash',
             (ARRAY['allowed','discouraged','never'])[1 + n % 3], repeat('x', 2000), pg_temp.back(n * 5), md5(n::text), md5(n::text) || md5(n::text)
        FROM (SELECT n, pg_temp.policy(@policies@::jsonb, n, 2) AS policy FROM generate_series(1, @people@) AS n) AS made;`,
  "incidents and holds": `
    INSERT INTO "Incident" (id, reference, body, "reporterId", "startKey", kind, "reportedAt", "managerId", "mayBePersonalData", "awareAt", "openedAt", "decidedAt", "closedAt")
      SELECT 'size-incident-' || n, pg_temp.ref('INC', n), @body@, pg_temp.person(n * 487), 'key-' || n, 'shared', at,
             CASE WHEN n % 4 = 0 THEN @manager@ END, n % 3 = 0, at, at + interval '1 hour', at + interval '1 day', CASE WHEN n % 10 > 0 THEN at + interval '9 days' END
        FROM (SELECT n, pg_temp.back(n * 2617) AS at FROM generate_series(1, @people@ / 500) AS n) AS made;
    INSERT INTO "Hold" (id, reference, body, "placedById", "startKey", reason, keep, "isOnSubject", "placedAt", "endedAt", "endedById", "endReason")
      SELECT 'size-hold-' || n, pg_temp.ref('HLD', n), @body@, @officer@, 'key-' || n, 'foi', 'Everything about the tender ' || n, n = 1, at,
             CASE WHEN n % 4 > 1 THEN at + interval '30 days' END, CASE WHEN n % 4 > 1 THEN @officer@ END, CASE WHEN n % 4 > 1 THEN 'Answered.' END
        FROM (SELECT n, pg_temp.back(n * 9001) AS at FROM generate_series(1, 40) AS n) AS made;
    INSERT INTO "HoldTarget" (id, "holdId", "groupId")
      SELECT 'size-target-' || n || '-' || g, 'size-hold-' || n, 'size-group-' || n * 5 + g FROM generate_series(2, 40) AS n, generate_series(0, 4) AS g;
    INSERT INTO "HoldConfirmation" ("holdId", "personId", "confirmedAt")
      SELECT 'size-hold-1', pg_temp.person(n), now() FROM generate_series(1, @people@) AS n WHERE n % 5 > 0;`,
  "questions, mail and timed work": `
    INSERT INTO "ClauseQuestion" (id, reference, body, "personId", "startKey", policy, version, hash, clause, question, "askedAt", answer, "answeredAt", "answeredById")
      SELECT 'size-question-' || n, pg_temp.ref('ASK', n), @body@, pg_temp.person(n * 89), 'key-' || n, policy ->> 'slug', policy ->> 'version',
             policy ->> 'hash', '2.1', 'Does that hold on call?', at, CASE WHEN n % 20 > 0 THEN 'It does.' END,
             CASE WHEN n % 20 > 0 THEN at + interval '1 day' END, CASE WHEN n % 20 > 0 THEN @officer@ END
        FROM (SELECT n, pg_temp.back(n * 499) AS at, pg_temp.policy(@policies@::jsonb, n, 2) AS policy FROM generate_series(1, @people@ / 100) AS n) AS made;
    INSERT INTO "Notice" (id, body, "personId", kind, subject, paragraphs, href, "createdAt", "passedOnAt")
      SELECT 'size-notice-' || n, @body@, pg_temp.person(1 + n % @people@), 'question-answered', 'Your question was answered', '{It does.}', '/questions', pg_temp.back(n), pg_temp.back(n)
        FROM generate_series(1, @people@ * 2) AS n;
    INSERT INTO "Mail" (id, "messageId", body, "personId", "noticeId", subject, content, state, tries, "nextTryAt", "createdAt", "sentAt", reason)
      SELECT 'size-mail-' || n, '<size-' || n || '@example.invalid>', @body@, pg_temp.person(1 + n % @people@), 'size-notice-' || n, 'Your question was answered',
             '{"schemaVersion":1,"subject":"Your question was answered","paragraphs":["It does."],"sections":[],"action":{"label":"Open","href":"/questions"},"because":"You asked."}',
             CASE WHEN n % 1000 = 0 THEN 'dead' ELSE 'sent' END::"MailState", 1, pg_temp.back(n), pg_temp.back(n),
             CASE WHEN n % 1000 > 0 THEN pg_temp.back(n) END, CASE WHEN n % 1000 = 0 THEN 'The mail server refused it.' END
        FROM generate_series(1, @people@ * 2) AS n;
    INSERT INTO "JobRun" (id, job, "dueAt", attempt, "startedAt", "endedAt", result)
      SELECT 'size-run-' || n, 'digest', now() - n * interval '1 hour', 1, now() - n * interval '1 hour', now() - n * interval '1 hour', 'Done.'
        FROM generate_series(1, 8760) AS n;`,
};
