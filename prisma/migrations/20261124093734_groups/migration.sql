-- AlterTable
ALTER TABLE "ChatGroup" ADD COLUMN     "closedById" TEXT,
ADD COLUMN     "contactsOn" TEXT,
ADD COLUMN     "disappearDays" INTEGER,
ADD COLUMN     "hasLogo" BOOLEAN,
ADD COLUMN     "sentBackAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "GroupMember" ADD COLUMN     "awayFrom" TEXT,
ADD COLUMN     "awayUntil" TEXT,
ADD COLUMN     "changedAt" TIMESTAMPTZ(3),
ADD COLUMN     "escalatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "invitedById" TEXT,
ADD COLUMN     "joinExpiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "joinHash" TEXT,
ADD COLUMN     "refusedAt" TIMESTAMPTZ(3),
ADD COLUMN     "removalReason" TEXT,
ADD COLUMN     "removalWantedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "GroupStep" (
    "id" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT,
    "step" TEXT NOT NULL,
    "detail" TEXT,
    "reason" TEXT,

    CONSTRAINT "GroupStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupAlert" (
    "id" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,
    "postedBy" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "loggedAt" TIMESTAMPTZ(3) NOT NULL,
    "loggedById" TEXT NOT NULL,

    CONSTRAINT "GroupAlert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupAlertCall" (
    "alertId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "phonedAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "GroupAlertCall_pkey" PRIMARY KEY ("alertId","memberId")
);

-- CreateIndex
CREATE INDEX "GroupStep_groupId_at_idx" ON "GroupStep"("groupId", "at");

-- CreateIndex
CREATE INDEX "GroupAlert_groupId_postedAt_idx" ON "GroupAlert"("groupId", "postedAt");

-- CreateIndex
CREATE UNIQUE INDEX "GroupAlert_loggedById_startKey_key" ON "GroupAlert"("loggedById", "startKey");

-- CreateIndex
CREATE UNIQUE INDEX "GroupMember_joinHash_key" ON "GroupMember"("joinHash");

-- AddForeignKey
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupStep" ADD CONSTRAINT "GroupStep_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupStep" ADD CONSTRAINT "GroupStep_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAlert" ADD CONSTRAINT "GroupAlert_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAlert" ADD CONSTRAINT "GroupAlert_loggedById_fkey" FOREIGN KEY ("loggedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAlertCall" ADD CONSTRAINT "GroupAlertCall_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "GroupAlert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupAlertCall" ADD CONSTRAINT "GroupAlertCall_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "GroupMember"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_retention" CHECK (
  ("clearEveryDays" IS NULL OR "keepYears" IS NULL) AND "clearEveryDays" BETWEEN 1 AND 366 AND "keepYears" BETWEEN 1 AND 100);
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_decision" CHECK (
  state <> 'approved' OR ("decidedAt" IS NOT NULL AND "decidedById" IS NOT NULL AND "decidedById" <> "requesterId"
    AND (kind <> 'emergency' OR "keepYears" IS NOT NULL)));
ALTER TABLE "ChatGroup" ADD CONSTRAINT "ChatGroup_close" CHECK (state <> 'closed' OR ("closedAt" IS NOT NULL AND "closeReason" IS NOT NULL));
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_removal" CHECK (("removalWantedAt" IS NULL) = ("removalReason" IS NULL));
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_withdrawal" CHECK ("withdrawnAt" IS NULL OR "consentedAt" IS NOT NULL);
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_link" CHECK (
  "joinHash" IS NULL OR ("personId" IS NULL AND "joinExpiresAt" IS NOT NULL));
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_away" CHECK (("awayFrom" IS NULL) = ("awayUntil" IS NULL) AND "awayFrom" <= "awayUntil");
