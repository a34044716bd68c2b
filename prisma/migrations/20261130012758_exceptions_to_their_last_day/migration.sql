-- AlterEnum
ALTER TYPE "ExceptionScope" ADD VALUE 'group';

-- AlterTable
ALTER TABLE "Exception" ADD COLUMN     "extendsId" TEXT,
ADD COLUMN     "extension" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "groupId" TEXT,
ADD COLUMN     "passedToId" TEXT;

-- CreateTable
CREATE TABLE "ExceptionCondition" (
    "id" TEXT NOT NULL,
    "exceptionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "dueOn" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "doneById" TEXT,

    CONSTRAINT "ExceptionCondition_pkey" PRIMARY KEY ("id")
);

-- What was a list of texts is a row each, so that a condition can have a day.
INSERT INTO "ExceptionCondition" (id, "exceptionId", position, text)
SELECT e.id || '-condition-' || (c.at - 1), e.id, c.at - 1, c.text
  FROM "Exception" e, unnest(e.conditions) WITH ORDINALITY AS c (text, at);
ALTER TABLE "Exception" DROP COLUMN "conditions";

-- CreateIndex
CREATE UNIQUE INDEX "ExceptionCondition_exceptionId_position_key" ON "ExceptionCondition"("exceptionId", "position");

-- CreateIndex
CREATE INDEX "Exception_groupId_idx" ON "Exception"("groupId");

-- CreateIndex
CREATE INDEX "Exception_extendsId_idx" ON "Exception"("extendsId");

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "ChatGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_extendsId_fkey" FOREIGN KEY ("extendsId") REFERENCES "Exception"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exception" ADD CONSTRAINT "Exception_passedToId_fkey" FOREIGN KEY ("passedToId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionCondition" ADD CONSTRAINT "ExceptionCondition_exceptionId_fkey" FOREIGN KEY ("exceptionId") REFERENCES "Exception"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExceptionCondition" ADD CONSTRAINT "ExceptionCondition_doneById_fkey" FOREIGN KEY ("doneById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
