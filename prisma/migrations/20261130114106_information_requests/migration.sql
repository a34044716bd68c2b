-- CreateEnum
CREATE TYPE "InformationRequestKind" AS ENUM ('foi', 'environmental', 'subject-access', 'regulator', 'inquiry', 'complaint', 'litigation');

-- CreateEnum
CREATE TYPE "InformationRequestState" AS ENUM ('open', 'paused', 'answered', 'refused', 'withdrawn');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "HoldReason" ADD VALUE 'environmental';
ALTER TYPE "HoldReason" ADD VALUE 'regulator';

-- AlterTable
ALTER TABLE "CapturedRecord" ADD COLUMN     "requestId" TEXT;

-- CreateTable
CREATE TABLE "InformationRequest" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "kind" "InformationRequestKind" NOT NULL,
    "state" "InformationRequestState" NOT NULL DEFAULT 'open',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "enteredById" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "complainantId" TEXT,
    "handlerId" TEXT,
    "requester" TEXT NOT NULL,
    "asked" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "dueOn" TEXT,
    "acknowledgedOn" TEXT,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedOn" TEXT,
    "outcome" TEXT,
    "holdId" TEXT,

    CONSTRAINT "InformationRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequestPause" (
    "id" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT,

    CONSTRAINT "RequestPause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InformationRequestStep" (
    "id" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,

    CONSTRAINT "InformationRequestStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SearchRequest" (
    "id" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "askedById" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "lookFor" TEXT NOT NULL,
    "chats" TEXT NOT NULL,
    "apps" TEXT NOT NULL,
    "devices" TEXT NOT NULL,
    "firstDay" TEXT,
    "lastDay" TEXT,
    "answerBy" TEXT NOT NULL,
    "remindedOn" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,

    CONSTRAINT "SearchRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SearchAnswer" (
    "id" TEXT NOT NULL,
    "searchId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT NOT NULL,
    "gone" TEXT,
    "words" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,

    CONSTRAINT "SearchAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "InformationRequest_reference_key" ON "InformationRequest"("reference");

-- CreateIndex
CREATE INDEX "InformationRequest_body_receivedOn_idx" ON "InformationRequest"("body", "receivedOn");

-- CreateIndex
CREATE INDEX "InformationRequest_body_state_idx" ON "InformationRequest"("body", "state");

-- CreateIndex
CREATE INDEX "InformationRequest_complainantId_idx" ON "InformationRequest"("complainantId");

-- CreateIndex
CREATE INDEX "InformationRequest_handlerId_idx" ON "InformationRequest"("handlerId");

-- CreateIndex
CREATE UNIQUE INDEX "InformationRequest_enteredById_startKey_key" ON "InformationRequest"("enteredById", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "RequestPause_requestId_position_key" ON "RequestPause"("requestId", "position");

-- CreateIndex
CREATE INDEX "InformationRequestStep_personId_idx" ON "InformationRequestStep"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "InformationRequestStep_requestId_position_key" ON "InformationRequestStep"("requestId", "position");

-- CreateIndex
CREATE INDEX "SearchRequest_personId_idx" ON "SearchRequest"("personId");

-- CreateIndex
CREATE INDEX "SearchRequest_askedById_idx" ON "SearchRequest"("askedById");

-- CreateIndex
CREATE UNIQUE INDEX "SearchRequest_requestId_position_key" ON "SearchRequest"("requestId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "SearchRequest_requestId_personId_startKey_key" ON "SearchRequest"("requestId", "personId", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "SearchAnswer_searchId_position_key" ON "SearchAnswer"("searchId", "position");

-- CreateIndex
CREATE INDEX "CapturedRecord_requestId_idx" ON "CapturedRecord"("requestId");

-- AddForeignKey
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "InformationRequest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequest" ADD CONSTRAINT "InformationRequest_enteredById_fkey" FOREIGN KEY ("enteredById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequest" ADD CONSTRAINT "InformationRequest_complainantId_fkey" FOREIGN KEY ("complainantId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequest" ADD CONSTRAINT "InformationRequest_handlerId_fkey" FOREIGN KEY ("handlerId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequest" ADD CONSTRAINT "InformationRequest_holdId_fkey" FOREIGN KEY ("holdId") REFERENCES "Hold"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestPause" ADD CONSTRAINT "RequestPause_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "InformationRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequestStep" ADD CONSTRAINT "InformationRequestStep_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "InformationRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InformationRequestStep" ADD CONSTRAINT "InformationRequestStep_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchRequest" ADD CONSTRAINT "SearchRequest_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "InformationRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchRequest" ADD CONSTRAINT "SearchRequest_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchRequest" ADD CONSTRAINT "SearchRequest_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchAnswer" ADD CONSTRAINT "SearchAnswer_searchId_fkey" FOREIGN KEY ("searchId") REFERENCES "SearchRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
