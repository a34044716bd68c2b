-- CreateTable
CREATE TABLE "OutsideRuleState" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OutsideRuleState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutsideRuleReading" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "changes" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,

    CONSTRAINT "OutsideRuleReading_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OutsideRuleState_rule_seenAt_idx" ON "OutsideRuleState"("rule", "seenAt");

-- CreateIndex
CREATE INDEX "OutsideRuleReading_body_rule_at_idx" ON "OutsideRuleReading"("body", "rule", "at");

-- CreateIndex
CREATE UNIQUE INDEX "OutsideRuleReading_personId_startKey_key" ON "OutsideRuleReading"("personId", "startKey");

-- AddForeignKey
ALTER TABLE "OutsideRuleReading" ADD CONSTRAINT "OutsideRuleReading_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
