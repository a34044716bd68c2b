-- CreateEnum
CREATE TYPE "DeclineGround" AS ENUM ('not-understood', 'cannot-agree');

-- AlterTable
ALTER TABLE "Acknowledgement" ADD COLUMN     "ground" "DeclineGround",
ADD COLUMN     "understoodAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PolicyReading" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "drawnFor" TEXT,
    "seed" TEXT,
    "pair" TEXT,
    "round" INTEGER,
    "asked" TEXT,
    "seen" TEXT[],
    "right" TEXT[],
    "missed" TEXT,
    "chosen" TEXT,
    "passedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PolicyReading_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PolicyReading_personId_policy_version_hash_key" ON "PolicyReading"("personId", "policy", "version", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "PolicyReading_drawnFor_hash_pair_round_key" ON "PolicyReading"("drawnFor", "hash", "pair", "round");

-- AddForeignKey
ALTER TABLE "PolicyReading" ADD CONSTRAINT "PolicyReading_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
