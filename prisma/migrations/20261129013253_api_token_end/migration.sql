-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "endReason" TEXT,
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "followsId" TEXT,
ADD COLUMN     "toldDays" INTEGER[];

-- CreateIndex
CREATE INDEX "ApiToken_followsId_idx" ON "ApiToken"("followsId");

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_followsId_fkey" FOREIGN KEY ("followsId") REFERENCES "ApiToken"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_ended" CHECK (("endedAt" IS NULL) = ("endReason" IS NULL));
