-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "accountId" TEXT,
ADD COLUMN     "provedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "Account_providerId_personId_key" ON "Account"("providerId", "personId");

-- CreateIndex
CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
