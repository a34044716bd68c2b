-- CreateEnum
CREATE TYPE "CheckKind" AS ENUM ('interview', 'survey', 'other');

-- CreateTable
CREATE TABLE "CapturedRecord" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "about" TEXT NOT NULL,
    "saidOn" TEXT NOT NULL,
    "groupId" TEXT,
    "chat" TEXT NOT NULL,
    "participants" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "systemReference" TEXT NOT NULL,
    "classId" TEXT,
    "className" TEXT,
    "eventOn" TEXT,
    "keepUntil" TEXT,
    "chatDeletedAt" TIMESTAMPTZ(3),
    "policy" TEXT,
    "version" TEXT,
    "hash" TEXT,
    "situation" JSONB,
    "capturedAt" TIMESTAMPTZ(3) NOT NULL,
    "disposedAt" TIMESTAMPTZ(3),
    "disposedById" TEXT,

    CONSTRAINT "CapturedRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordRevision" (
    "id" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,

    CONSTRAINT "RecordRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhotoConsent" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "guardian" TEXT,
    "givenOn" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "formReference" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),
    "withdrawnById" TEXT,
    "withdrawReason" TEXT,

    CONSTRAINT "PhotoConsent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckHeld" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "kind" "CheckKind" NOT NULL,
    "heldBy" TEXT NOT NULL,
    "heldOn" TEXT NOT NULL,
    "takenBy" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "actions" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckHeld_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CapturedRecord_reference_key" ON "CapturedRecord"("reference");

-- CreateIndex
CREATE INDEX "CapturedRecord_body_capturedAt_idx" ON "CapturedRecord"("body", "capturedAt");

-- CreateIndex
CREATE INDEX "CapturedRecord_body_keepUntil_idx" ON "CapturedRecord"("body", "keepUntil");

-- CreateIndex
CREATE INDEX "CapturedRecord_groupId_idx" ON "CapturedRecord"("groupId");

-- CreateIndex
CREATE UNIQUE INDEX "CapturedRecord_personId_startKey_key" ON "CapturedRecord"("personId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "RecordRevision_recordId_position_key" ON "RecordRevision"("recordId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "PhotoConsent_reference_key" ON "PhotoConsent"("reference");

-- CreateIndex
CREATE INDEX "PhotoConsent_body_recordedAt_idx" ON "PhotoConsent"("body", "recordedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PhotoConsent_personId_startKey_key" ON "PhotoConsent"("personId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "CheckHeld_reference_key" ON "CheckHeld"("reference");

-- CreateIndex
CREATE INDEX "CheckHeld_body_heldOn_idx" ON "CheckHeld"("body", "heldOn");

-- CreateIndex
CREATE UNIQUE INDEX "CheckHeld_personId_startKey_key" ON "CheckHeld"("personId", "startKey");

-- AddForeignKey
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_disposedById_fkey" FOREIGN KEY ("disposedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordRevision" ADD CONSTRAINT "RecordRevision_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "CapturedRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordRevision" ADD CONSTRAINT "RecordRevision_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhotoConsent" ADD CONSTRAINT "PhotoConsent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhotoConsent" ADD CONSTRAINT "PhotoConsent_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckHeld" ADD CONSTRAINT "CheckHeld_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_text" CHECK (
  ("disposedAt" IS NULL) = (about <> '') AND ("disposedAt" IS NULL) = (content <> ''));
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_disposal" CHECK (
  ("disposedAt" IS NULL) = ("disposedById" IS NULL));
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_origin" CHECK (
  (policy IS NULL) = (version IS NULL) AND (policy IS NULL) = (hash IS NULL) AND (policy IS NULL) = (situation IS NULL));
ALTER TABLE "PhotoConsent" ADD CONSTRAINT "PhotoConsent_days" CHECK ("givenOn" <= until);
ALTER TABLE "PhotoConsent" ADD CONSTRAINT "PhotoConsent_withdrawal" CHECK (
  ("withdrawnAt" IS NULL) = ("withdrawnById" IS NULL) AND ("withdrawnAt" IS NULL) = ("withdrawReason" IS NULL));
