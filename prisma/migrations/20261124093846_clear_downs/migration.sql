-- CreateEnum
CREATE TYPE "ClearedBy" AS ENUM ('administrator', 'sender');

-- AlterTable
ALTER TABLE "ChatGroup" ADD COLUMN     "clearedBy" "ClearedBy";

-- AlterTable
ALTER TABLE "Hold" ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "HoldTarget" ADD COLUMN     "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "ClearDownRule" (
    "groupId" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "clearEveryDays" INTEGER,
    "keepYears" INTEGER,

    CONSTRAINT "ClearDownRule_pkey" PRIMARY KEY ("groupId","until")
);

-- CreateTable
CREATE TABLE "ClearDown" (
    "id" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "clearedFor" TEXT NOT NULL,
    "confirmedById" TEXT NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL,
    "recordsMovedTo" TEXT NOT NULL,

    CONSTRAINT "ClearDown_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClearDownStop" (
    "groupId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "clearedFor" TEXT NOT NULL,
    "stoppedById" TEXT NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClearDownStop_pkey" PRIMARY KEY ("groupId","dueOn","cause","clearedFor")
);

-- CreateTable
CREATE TABLE "ClearDownCall" (
    "groupId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "calledAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClearDownCall_pkey" PRIMARY KEY ("groupId","dueOn","level")
);

-- CreateIndex
CREATE INDEX "ClearDown_confirmedById_idx" ON "ClearDown"("confirmedById");

-- CreateIndex
CREATE UNIQUE INDEX "ClearDown_groupId_dueOn_clearedFor_key" ON "ClearDown"("groupId", "dueOn", "clearedFor");

-- CreateIndex
CREATE INDEX "ClearDownStop_stoppedById_idx" ON "ClearDownStop"("stoppedById");

-- AddForeignKey
ALTER TABLE "ClearDownRule" ADD CONSTRAINT "ClearDownRule_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClearDown" ADD CONSTRAINT "ClearDown_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClearDown" ADD CONSTRAINT "ClearDown_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClearDownStop" ADD CONSTRAINT "ClearDownStop_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClearDownStop" ADD CONSTRAINT "ClearDownStop_stoppedById_fkey" FOREIGN KEY ("stoppedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClearDownCall" ADD CONSTRAINT "ClearDownCall_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the forms promise, as the database's own last word.
ALTER TABLE "ClearDown" ADD CONSTRAINT "ClearDown_dueOn" CHECK ("dueOn" ~ '^\d{4}-\d{2}-\d{2}$');
ALTER TABLE "ClearDownStop" ADD CONSTRAINT "ClearDownStop_dueOn" CHECK ("dueOn" ~ '^\d{4}-\d{2}-\d{2}$');
ALTER TABLE "ClearDownCall" ADD CONSTRAINT "ClearDownCall_level" CHECK (level IN ('deputy', 'governance-officer'));
ALTER TABLE "ClearDownRule" ADD CONSTRAINT "ClearDownRule_until" CHECK ("until" ~ '^\d{4}-\d{2}-\d{2}$');
