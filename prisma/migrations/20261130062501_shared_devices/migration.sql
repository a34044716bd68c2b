-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "isShared" BOOLEAN NOT NULL DEFAULT false;
