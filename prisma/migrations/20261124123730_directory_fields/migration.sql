-- CreateEnum
CREATE TYPE "PersonKind" AS ENUM ('employee', 'contractor', 'vendor', 'agent');

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "awayUntil" TEXT,
ADD COLUMN     "externalId" TEXT,
ADD COLUMN     "kind" "PersonKind" NOT NULL DEFAULT 'employee',
ADD COLUMN     "leavesOn" TEXT,
ADD COLUMN     "managerId" TEXT,
ADD COLUMN     "pseudonymisedAt" TIMESTAMPTZ(3),
ADD COLUMN     "startsOn" TEXT;

-- CreateIndex
CREATE INDEX "Person_managerId_idx" ON "Person"("managerId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_body_externalId_key" ON "Person"("body", "externalId");

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Person" ADD CONSTRAINT "Person_days" CHECK (
  "startsOn" ~ '^\d{4}-\d{2}-\d{2}$' AND "leavesOn" ~ '^\d{4}-\d{2}-\d{2}$' AND "awayUntil" ~ '^\d{4}-\d{2}-\d{2}$');
ALTER TABLE "Person" ADD CONSTRAINT "Person_manager" CHECK ("managerId" IS NULL OR "managerId" <> id);
