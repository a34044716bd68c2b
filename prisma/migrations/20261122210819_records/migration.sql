-- CreateEnum
CREATE TYPE "AcknowledgementAnswer" AS ENUM ('accepted', 'declined');

-- CreateEnum
CREATE TYPE "ExceptionState" AS ENUM ('draft', 'submitted', 'changes-requested', 'approved', 'declined', 'withdrawn', 'revoked');

-- CreateEnum
CREATE TYPE "ExceptionScope" AS ENUM ('person', 'team');

-- CreateTable
CREATE TABLE "PolicyRelease" (
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "servedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PolicyRelease_pkey" PRIMARY KEY ("policy","version","hash")
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "answer" "AcknowledgementAnswer" NOT NULL,
    "reason" TEXT,
    "statement" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "reply" TEXT,
    "repliedAt" TIMESTAMPTZ(3),
    "repliedById" TEXT,

    CONSTRAINT "Acknowledgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Exception" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "state" "ExceptionState" NOT NULL DEFAULT 'draft',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "situation" JSONB NOT NULL,
    "clauses" TEXT[],
    "justification" TEXT NOT NULL DEFAULT '',
    "whyNoChannel" TEXT NOT NULL DEFAULT '',
    "dataInvolved" TEXT NOT NULL DEFAULT '',
    "scope" "ExceptionScope",
    "teamId" TEXT,
    "wantedFrom" TEXT,
    "wantedUntil" TEXT,
    "residual" INTEGER,
    "submittedAt" TIMESTAMPTZ(3),
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "conditions" TEXT[],
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExceptionRisk" (
    "id" TEXT NOT NULL,
    "exceptionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "clause" TEXT,
    "description" TEXT NOT NULL,
    "likelihoodBefore" INTEGER NOT NULL,
    "impactBefore" INTEGER NOT NULL,
    "likelihoodAfter" INTEGER NOT NULL,
    "impactAfter" INTEGER NOT NULL,

    CONSTRAINT "ExceptionRisk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExceptionMitigation" (
    "id" TEXT NOT NULL,
    "riskId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "dueOn" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "doneById" TEXT,

    CONSTRAINT "ExceptionMitigation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExceptionStep" (
    "id" TEXT NOT NULL,
    "exceptionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "reason" TEXT,
    "comments" JSONB,
    "snapshot" JSONB,

    CONSTRAINT "ExceptionStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Evidence" (
    "body" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "policy" TEXT,
    "version" TEXT,
    "contentHash" TEXT,
    "data" TEXT NOT NULL,
    "commitment" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("body","position")
);

-- CreateTable
CREATE TABLE "EvidenceDetail" (
    "body" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "EvidenceDetail_pkey" PRIMARY KEY ("body","position")
);

-- CreateTable
CREATE TABLE "KeptInput" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "errors" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeptInput_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PolicyRelease_body_idx" ON "PolicyRelease"("body");

-- CreateIndex
CREATE UNIQUE INDEX "Acknowledgement_reference_key" ON "Acknowledgement"("reference");

-- CreateIndex
CREATE INDEX "Acknowledgement_body_policy_version_idx" ON "Acknowledgement"("body", "policy", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Acknowledgement_personId_policy_version_hash_attempt_key" ON "Acknowledgement"("personId", "policy", "version", "hash", "attempt");

-- CreateIndex
CREATE UNIQUE INDEX "Exception_reference_key" ON "Exception"("reference");

-- CreateIndex
CREATE INDEX "Exception_body_state_idx" ON "Exception"("body", "state");

-- CreateIndex
CREATE INDEX "Exception_requesterId_idx" ON "Exception"("requesterId");

-- CreateIndex
CREATE INDEX "Exception_teamId_idx" ON "Exception"("teamId");

-- CreateIndex
CREATE UNIQUE INDEX "Exception_requesterId_startKey_key" ON "Exception"("requesterId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "ExceptionRisk_exceptionId_position_key" ON "ExceptionRisk"("exceptionId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ExceptionMitigation_riskId_position_key" ON "ExceptionMitigation"("riskId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "ExceptionStep_exceptionId_position_key" ON "ExceptionStep"("exceptionId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Evidence_hash_key" ON "Evidence"("hash");

-- CreateIndex
CREATE INDEX "Evidence_body_subject_idx" ON "Evidence"("body", "subject");

-- CreateIndex
CREATE INDEX "Evidence_body_actor_idx" ON "Evidence"("body", "actor");

-- CreateIndex
CREATE INDEX "Evidence_body_event_idx" ON "Evidence"("body", "event");

-- CreateIndex
CREATE INDEX "KeptInput_createdAt_idx" ON "KeptInput"("createdAt");

-- CreateIndex
CREATE INDEX "KeptInput_personId_idx" ON "KeptInput"("personId");

-- AddForeignKey
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_repliedById_fkey" FOREIGN KEY ("repliedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionRisk" ADD CONSTRAINT "ExceptionRisk_exceptionId_fkey" FOREIGN KEY ("exceptionId") REFERENCES "Exception"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionMitigation" ADD CONSTRAINT "ExceptionMitigation_riskId_fkey" FOREIGN KEY ("riskId") REFERENCES "ExceptionRisk"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionMitigation" ADD CONSTRAINT "ExceptionMitigation_doneById_fkey" FOREIGN KEY ("doneById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionStep" ADD CONSTRAINT "ExceptionStep_exceptionId_fkey" FOREIGN KEY ("exceptionId") REFERENCES "Exception"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionStep" ADD CONSTRAINT "ExceptionStep_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The journal only grows: whoever tries anything else is refused by the database itself.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: evidence is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "Evidence_row" BEFORE UPDATE OR DELETE ON "Evidence" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "Evidence_truncate" BEFORE TRUNCATE ON "Evidence" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
-- Details may be erased row by row when their retention ends, and never rewritten.
CREATE TRIGGER "EvidenceDetail_row" BEFORE UPDATE ON "EvidenceDetail" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "EvidenceDetail_truncate" BEFORE TRUNCATE ON "EvidenceDetail" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What the forms promise, as the database's own last word.
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_reason" CHECK (answer <> 'declined' OR reason IS NOT NULL);
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_period" CHECK ("startsAt" IS NULL OR "endsAt" > "startsAt");
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_approved" CHECK (state <> 'approved' OR ("startsAt" IS NOT NULL AND "endsAt" IS NOT NULL));
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_decider" CHECK ("decidedById" IS NULL OR "decidedById" <> "requesterId");
ALTER TABLE "ExceptionRisk" ADD CONSTRAINT "ExceptionRisk_scores" CHECK (
  "likelihoodBefore" BETWEEN 1 AND 5 AND "impactBefore" BETWEEN 1 AND 5 AND "likelihoodAfter" BETWEEN 1 AND 5 AND "impactAfter" BETWEEN 1 AND 5);
