-- CreateEnum
CREATE TYPE "AppState" AS ENUM ('approved', 'refused', 'ended');

-- CreateEnum
CREATE TYPE "PhoneReturnReason" AS ENUM ('replacement', 'reset', 'lost_number', 'leaving');

-- AlterTable
ALTER TABLE "CapturedRecord" ADD COLUMN     "method" TEXT,
ADD COLUMN     "principalId" TEXT,
ADD COLUMN     "saidTime" TEXT;

-- AlterTable
ALTER TABLE "ChatGroup" ADD COLUMN     "agreement" TEXT,
ADD COLUMN     "assistant" TEXT,
ADD COLUMN     "canExport" BOOLEAN,
ADD COLUMN     "leastAdministrators" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "responsible" TEXT,
ADD COLUMN     "settingsConfirmedAt" TIMESTAMPTZ(3),
ADD COLUMN     "timerBy" TEXT;

-- AlterTable
ALTER TABLE "ClearDown" ADD COLUMN     "ofEverybody" BOOLEAN;

-- CreateTable
CREATE TABLE "App" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "AppState" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "purpose" TEXT NOT NULL,
    "whoMay" TEXT NOT NULL,
    "dpiaReference" TEXT,
    "dpiaOn" TEXT,
    "riskOwnerId" TEXT NOT NULL,
    "settings" TEXT[],
    "reviewOn" TEXT NOT NULL,

    CONSTRAINT "App_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AppDecision" (
    "id" TEXT NOT NULL,
    "appId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT NOT NULL,
    "state" "AppState" NOT NULL,
    "reason" TEXT NOT NULL,
    "entry" JSONB NOT NULL,

    CONSTRAINT "AppDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneReturn" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startedById" TEXT,
    "startKey" TEXT NOT NULL,
    "reason" "PhoneReturnReason" NOT NULL,
    "dueOn" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "moved" TEXT,
    "heldCopied" TEXT,
    "statedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "checkedAt" TIMESTAMPTZ(3),
    "checkedById" TEXT,
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "PhoneReturn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneReturnStep" (
    "id" TEXT NOT NULL,
    "returnId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "personId" TEXT,
    "step" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "PhoneReturnStep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "App_riskOwnerId_idx" ON "App"("riskOwnerId");

-- CreateIndex
CREATE UNIQUE INDEX "App_body_slug_key" ON "App"("body", "slug");

-- CreateIndex
CREATE INDEX "AppDecision_appId_at_idx" ON "AppDecision"("appId", "at");

-- CreateIndex
CREATE INDEX "AppDecision_personId_idx" ON "AppDecision"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneReturn_reference_key" ON "PhoneReturn"("reference");

-- CreateIndex
CREATE INDEX "PhoneReturn_body_startedAt_idx" ON "PhoneReturn"("body", "startedAt");

-- CreateIndex
CREATE INDEX "PhoneReturn_startedById_idx" ON "PhoneReturn"("startedById");

-- CreateIndex
CREATE INDEX "PhoneReturn_checkedById_idx" ON "PhoneReturn"("checkedById");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneReturn_personId_startKey_key" ON "PhoneReturn"("personId", "startKey");

-- CreateIndex
CREATE INDEX "PhoneReturnStep_returnId_at_idx" ON "PhoneReturnStep"("returnId", "at");

-- CreateIndex
CREATE INDEX "PhoneReturnStep_personId_idx" ON "PhoneReturnStep"("personId");

-- CreateIndex
CREATE INDEX "CapturedRecord_principalId_idx" ON "CapturedRecord"("principalId");

-- AddForeignKey
ALTER TABLE "CapturedRecord" ADD CONSTRAINT "CapturedRecord_principalId_fkey" FOREIGN KEY ("principalId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "App" ADD CONSTRAINT "App_riskOwnerId_fkey" FOREIGN KEY ("riskOwnerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppDecision" ADD CONSTRAINT "AppDecision_appId_fkey" FOREIGN KEY ("appId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppDecision" ADD CONSTRAINT "AppDecision_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneReturn" ADD CONSTRAINT "PhoneReturn_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneReturn" ADD CONSTRAINT "PhoneReturn_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneReturn" ADD CONSTRAINT "PhoneReturn_checkedById_fkey" FOREIGN KEY ("checkedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneReturnStep" ADD CONSTRAINT "PhoneReturnStep_returnId_fkey" FOREIGN KEY ("returnId") REFERENCES "PhoneReturn"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PhoneReturnStep" ADD CONSTRAINT "PhoneReturnStep_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Groups that stand on the register already: two where the policy or the kind of group asks for two.
UPDATE "ChatGroup" SET "leastAdministrators" = 2 WHERE "policy" = 'bromsgrove-redditch' OR "kind" = 'emergency';
