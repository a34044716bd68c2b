-- CreateEnum
CREATE TYPE "GroupState" AS ENUM ('requested', 'approved', 'declined', 'closed');

-- CreateEnum
CREATE TYPE "GroupKind" AS ENUM ('team', 'partner', 'emergency');

-- CreateEnum
CREATE TYPE "GroupRole" AS ENUM ('administrator', 'deputy', 'member');

-- CreateEnum
CREATE TYPE "HoldReason" AS ENUM ('foi', 'subject-access', 'inquiry', 'complaint', 'incident', 'litigation');

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "paragraphs" TEXT[],
    "href" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChatGroup" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "state" "GroupState" NOT NULL DEFAULT 'requested',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "kind" "GroupKind" NOT NULL,
    "app" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "clearEveryDays" INTEGER,
    "keepYears" INTEGER,
    "reviewOn" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decisionReason" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "closeReason" TEXT,

    CONSTRAINT "ChatGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "id" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "personId" TEXT,
    "name" TEXT,
    "organisation" TEXT,
    "role" "GroupRole" NOT NULL DEFAULT 'member',
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "consentedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Hold" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "placedById" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "reason" "HoldReason" NOT NULL,
    "occurredOn" TEXT,
    "keep" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "isOnSubject" BOOLEAN NOT NULL DEFAULT false,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,
    "endReason" TEXT,

    CONSTRAINT "Hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HoldTarget" (
    "id" TEXT NOT NULL,
    "holdId" TEXT NOT NULL,
    "groupId" TEXT,
    "personId" TEXT,

    CONSTRAINT "HoldTarget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HoldConfirmation" (
    "holdId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HoldConfirmation_pkey" PRIMARY KEY ("holdId","personId")
);

-- CreateIndex
CREATE INDEX "Notice_personId_createdAt_idx" ON "Notice"("personId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ChatGroup_reference_key" ON "ChatGroup"("reference");

-- CreateIndex
CREATE INDEX "ChatGroup_body_state_idx" ON "ChatGroup"("body", "state");

-- CreateIndex
CREATE UNIQUE INDEX "ChatGroup_requesterId_startKey_key" ON "ChatGroup"("requesterId", "startKey");

-- CreateIndex
CREATE INDEX "GroupMember_personId_idx" ON "GroupMember"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "GroupMember_groupId_personId_key" ON "GroupMember"("groupId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Hold_reference_key" ON "Hold"("reference");

-- CreateIndex
CREATE INDEX "Hold_body_endedAt_idx" ON "Hold"("body", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Hold_placedById_startKey_key" ON "Hold"("placedById", "startKey");

-- CreateIndex
CREATE INDEX "HoldTarget_groupId_idx" ON "HoldTarget"("groupId");

-- CreateIndex
CREATE INDEX "HoldTarget_personId_idx" ON "HoldTarget"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "HoldTarget_holdId_groupId_key" ON "HoldTarget"("holdId", "groupId");

-- CreateIndex
CREATE UNIQUE INDEX "HoldTarget_holdId_personId_key" ON "HoldTarget"("holdId", "personId");

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_placedById_fkey" FOREIGN KEY ("placedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldTarget" ADD CONSTRAINT "HoldTarget_holdId_fkey" FOREIGN KEY ("holdId") REFERENCES "Hold"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldTarget" ADD CONSTRAINT "HoldTarget_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldTarget" ADD CONSTRAINT "HoldTarget_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldConfirmation" ADD CONSTRAINT "HoldConfirmation_holdId_fkey" FOREIGN KEY ("holdId") REFERENCES "Hold"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HoldConfirmation" ADD CONSTRAINT "HoldConfirmation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_who" CHECK (
  ("personId" IS NULL) = (name IS NOT NULL) AND (name IS NULL) = (organisation IS NULL));
ALTER TABLE "HoldTarget" ADD CONSTRAINT "HoldTarget_what" CHECK (("groupId" IS NULL) = ("personId" IS NOT NULL));
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_end" CHECK (
  ("endedAt" IS NULL) = ("endReason" IS NULL) AND ("endedAt" IS NULL) = ("endedById" IS NULL));
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_texts" CHECK (name <> '' AND purpose <> '' AND app <> '');
