-- CreateTable
CREATE TABLE "DebtConsideration" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "approvals" INTEGER NOT NULL,
    "extension" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,

    CONSTRAINT "DebtConsideration_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DebtConsideration_body_policy_clause_at_idx" ON "DebtConsideration"("body", "policy", "clause", "at");

-- CreateIndex
CREATE UNIQUE INDEX "DebtConsideration_personId_startKey_key" ON "DebtConsideration"("personId", "startKey");

-- CreateIndex
CREATE INDEX "Exception_body_decidedAt_idx" ON "Exception"("body", "decidedAt");

-- CreateIndex
CREATE INDEX "Exception_body_extension_idx" ON "Exception"("body", "extension");

-- AddForeignKey
ALTER TABLE "DebtConsideration" ADD CONSTRAINT "DebtConsideration_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One that is revoked or withdrawn before its first day ends before it began: it was never in force.
ALTER TABLE "Exception" DROP CONSTRAINT "Exception_period";
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_period"
  CHECK ("startsAt" IS NULL OR "endsAt" > "startsAt" OR state IN ('revoked', 'withdrawn'));
