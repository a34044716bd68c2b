-- CreateTable
CREATE TABLE "DecisionReceipt" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "words" TEXT,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,
    "salt" TEXT NOT NULL,
    "seal" TEXT NOT NULL,
    "sharedWithManagerAt" TIMESTAMPTZ(3),
    "linkToken" TEXT,
    "linkMadeAt" TIMESTAMPTZ(3),

    CONSTRAINT "DecisionReceipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReceiptSight" (
    "receiptId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReceiptSight_pkey" PRIMARY KEY ("receiptId","hash")
);

-- CreateTable
CREATE TABLE "ContinuityActivity" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "current" TEXT,
    "startedById" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endReason" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,

    CONSTRAINT "ContinuityActivity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DecisionReceipt_reference_key" ON "DecisionReceipt"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionReceipt_linkToken_key" ON "DecisionReceipt"("linkToken");

-- CreateIndex
CREATE INDEX "DecisionReceipt_personId_keptAt_idx" ON "DecisionReceipt"("personId", "keptAt");

-- CreateIndex
CREATE INDEX "DecisionReceipt_body_policy_verdict_idx" ON "DecisionReceipt"("body", "policy", "verdict");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionReceipt_personId_startKey_key" ON "DecisionReceipt"("personId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "ContinuityActivity_reference_key" ON "ContinuityActivity"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "ContinuityActivity_current_key" ON "ContinuityActivity"("current");

-- CreateIndex
CREATE INDEX "ContinuityActivity_body_startedAt_idx" ON "ContinuityActivity"("body", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ContinuityActivity_startedById_startKey_key" ON "ContinuityActivity"("startedById", "startKey");

-- AddForeignKey
ALTER TABLE "DecisionReceipt" ADD CONSTRAINT "DecisionReceipt_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReceiptSight" ADD CONSTRAINT "ReceiptSight_receiptId_fkey" FOREIGN KEY ("receiptId") REFERENCES "DecisionReceipt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContinuityActivity" ADD CONSTRAINT "ContinuityActivity_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContinuityActivity" ADD CONSTRAINT "ContinuityActivity_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "DecisionReceipt" ADD CONSTRAINT "DecisionReceipt_verdict" CHECK (
  verdict IN ('never', 'exception-only', 'via-communications', 'discouraged', 'with-care', 'allowed', 'not-covered'));
ALTER TABLE "DecisionReceipt" ADD CONSTRAINT "DecisionReceipt_seal" CHECK (seal ~ '^[0-9a-f]{64}$' AND hash ~ '^[0-9a-f]{64}$');
ALTER TABLE "DecisionReceipt" ADD CONSTRAINT "DecisionReceipt_words" CHECK (words <> '');
ALTER TABLE "DecisionReceipt" ADD CONSTRAINT "DecisionReceipt_link" CHECK (("linkToken" IS NULL) = ("linkMadeAt" IS NULL));
ALTER TABLE "ContinuityActivity" ADD CONSTRAINT "ContinuityActivity_current" CHECK (
  (current IS NULL) = ("endedAt" IS NOT NULL) AND (current IS NULL OR current = body));
ALTER TABLE "ContinuityActivity" ADD CONSTRAINT "ContinuityActivity_end" CHECK (
  ("endedAt" IS NULL) = ("endReason" IS NULL) AND ("endedAt" IS NULL) = ("endedById" IS NULL)
  AND ("endedAt" IS NULL OR "endedAt" >= "startedAt"));
ALTER TABLE "ContinuityActivity" ADD CONSTRAINT "ContinuityActivity_texts" CHECK (title <> '' AND reason <> '' AND "endReason" <> '');
