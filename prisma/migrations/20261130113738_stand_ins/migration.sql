-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "handedOverOn" TEXT,
ADD COLUMN     "standsInAs" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "Person_standsInAs_idx" ON "Person" USING GIN ("standsInAs");
