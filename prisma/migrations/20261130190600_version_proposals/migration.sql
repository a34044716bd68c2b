-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('waiting', 'returned', 'withdrawn', 'voided', 'published');

-- AlterTable
ALTER TABLE "ClauseQuestion" ADD COLUMN     "instead" TEXT,
ADD COLUMN     "takenUp" BOOLEAN,
ADD COLUMN     "wantsAnswer" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "VersionProposal" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "startKey" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'waiting',
    "open" TEXT,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" TEXT,
    "endReason" TEXT,

    CONSTRAINT "VersionProposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VersionSignature" (
    "proposalId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "roles" TEXT[],
    "signedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VersionSignature_pkey" PRIMARY KEY ("proposalId","personId")
);

-- CreateIndex
CREATE UNIQUE INDEX "VersionProposal_reference_key" ON "VersionProposal"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "VersionProposal_open_key" ON "VersionProposal"("open");

-- CreateIndex
CREATE INDEX "VersionProposal_body_proposedAt_idx" ON "VersionProposal"("body", "proposedAt");

-- CreateIndex
CREATE UNIQUE INDEX "VersionProposal_personId_startKey_key" ON "VersionProposal"("personId", "startKey");

-- CreateIndex
CREATE INDEX "VersionSignature_personId_idx" ON "VersionSignature"("personId");

-- AddForeignKey
ALTER TABLE "VersionProposal" ADD CONSTRAINT "VersionProposal_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionProposal" ADD CONSTRAINT "VersionProposal_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionSignature" ADD CONSTRAINT "VersionSignature_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "VersionProposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionSignature" ADD CONSTRAINT "VersionSignature_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
