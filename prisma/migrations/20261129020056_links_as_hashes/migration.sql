-- Links that were handed out go on; who reads the database cannot follow them any more.
ALTER TABLE "DecisionReceipt" RENAME COLUMN "linkToken" TO "linkHash";
ALTER INDEX "DecisionReceipt_linkToken_key" RENAME TO "DecisionReceipt_linkHash_key";
UPDATE "DecisionReceipt" SET "linkHash" = encode(sha256(convert_to("linkHash", 'UTF8')), 'hex') WHERE "linkHash" IS NOT NULL;

-- AlterTable
ALTER TABLE "TaskFeed" DROP COLUMN "salt";

-- CreateTable
CREATE TABLE "ShownOnce" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShownOnce_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ShownOnce_personId_idx" ON "ShownOnce"("personId");

-- AddForeignKey
ALTER TABLE "ShownOnce" ADD CONSTRAINT "ShownOnce_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
