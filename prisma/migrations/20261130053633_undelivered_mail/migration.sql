-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "bounceStatus" TEXT,
ADD COLUMN     "bouncedAt" TIMESTAMPTZ(3),
ADD COLUMN     "sentTo" TEXT,
ADD COLUMN     "settledAt" TIMESTAMPTZ(3);
